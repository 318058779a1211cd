// Debian's Chromium, driven as a person would use it.

import { strict as assert } from 'node:assert';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { ACCOUNTS } from './accounts.js';
import { BUILD, ROOT } from './daemon.js';

const PROGRAM = process.env.CHROMIUM ?? '/usr/bin/chromium';
const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const SCREENSHOTS = join(BUILD, 'screenshots');

export const PHONE = { viewport: { width: 360, height: 740 }, isMobile: true, hasTouch: true };
export const DESK = { viewport: { width: 1280, height: 800 } };

/** Why the browser tests cannot run, or false. */
export const skip = existsSync(PROGRAM) ? false : `${PROGRAM} is not there: apt-get install chromium`;

mkdirSync(SCREENSHOTS, { recursive: true });

export function launch() {
    return chromium.launch({
        executablePath: PROGRAM,
        args: ['--no-sandbox', '--disable-background-networking', '--disable-component-update', '--disable-sync',
               '--no-first-run', '--disable-gpu', '--disable-dev-shm-usage'],
    });
}

/** The texts of a language, by the dotted names the pages use; {{holes}} are filled from `values`. */
export function texts(locale) {
    const catalogue = JSON.parse(readFileSync(join(ROOT, 'static/i18n', `${locale}.json`), 'utf8'));

    return (name, values = {}) => {
        const text = name.split('.').reduce((node, part) => node?.[part], catalogue);

        assert.equal(typeof text, 'string', `${locale} has no ${name}`);
        return text.replace(/\{\{(\w+)\}\}/g, (_, hole) => values[hole] ?? '');
    };
}

/** A person with a browser window of the own. Whatever goes wrong in it is kept in `faults`. */
export class Visitor {
    constructor(context, page, origin, locale) {
        Object.assign(this, { context, page, origin, locale, t: texts(locale), faults: [], answers: [] });
        page.on('pageerror', (error) => this.faults.push(`script: ${error.message}`));
        page.on('console', (message) => ['error', 'warning'].includes(message.type())
            && this.faults.push(`console: ${message.text()}`));
        page.on('response', (answer) => this.answers.push(answer));
        page.on('dialog', (dialog) => {
            this.faults.push(`dialog: ${dialog.message()}`);
            return dialog.dismiss();
        });
    }

    static async open(browser, origin, { locale = 'en', ...options } = {}) {
        // No motion: a picture of the whole page resizes the window, which breaks a running fade
        // off, and Chromium 150 without a screen never draws again after some fades.
        const context = await browser.newContext({
            locale: locale === 'zh-Hans' ? 'zh-CN' : 'en-GB', timezoneId: 'Europe/Berlin', reducedMotion: 'reduce', ...options,
        });

        context.setDefaultTimeout(10000);
        return new Visitor(context, await context.newPage(), origin, locale);
    }

    /** Go to a page of the visitor's language: 'return', 'manager?line=...'. */
    goto(page) {
        return this.page.goto(`${this.origin}/${this.locale.toLowerCase()}/${page}`);
    }

    button(name, values) {
        return this.page.getByRole('button', { name: this.t(name, values), exact: true });
    }

    link(name) {
        return this.page.getByRole('link', { name: this.t(name), exact: true });
    }

    field(name) {
        return this.page.getByLabel(this.t(name));
    }

    heading(name, values) {
        return this.page.getByRole('heading', { name: this.t(name, values) });
    }

    async signIn(who) {
        await this.goto('sign-in');
        await this.field('signIn.email').fill(ACCOUNTS[who].email);
        await this.page.locator('#password').fill(ACCOUNTS[who].password);
        await this.button('signIn.submit').click();
        await this.button('common.js.signOut').waitFor();
    }

    /** Look at the page as it is: accessible, fitting, and kept as a picture. */
    async look(name) {
        await this.page.evaluate(() => document.fonts.ready);
        await this.accessible(name);
        const { wide, wider } = await this.page.evaluate(() => ({
            wide: document.documentElement.clientWidth, wider: document.documentElement.scrollWidth,
        }));

        assert.ok(wider <= wide, `${name}: ${wider} pixels wide in a window of ${wide}`);
        await this.page.screenshot({ path: join(SCREENSHOTS, `${name}.png`), fullPage: true });
    }

    /** No rule of axe is broken. A script tag would be stopped by the policy; evaluate is not. */
    async accessible(name) {
        await this.page.evaluate(AXE);
        const { violations } = await this.page.evaluate(() => globalThis.axe.run(document));

        assert.deepEqual(violations.flatMap(({ id, help, nodes }) => nodes.map(({ target }) => `${id}: ${help} (${target})`)), [], name);
    }

    /** Nothing went wrong so far that the visitor was not meant to see. */
    assertCalm(...expected) {
        assert.deepEqual(this.faults.filter((fault) => !expected.some((pattern) => pattern.test(fault))), []);
        this.faults.length = 0;
    }

    close() {
        return this.context.close();
    }
}
