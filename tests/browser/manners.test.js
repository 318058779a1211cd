// How the pages behave when things go wrong, for whoever uses them.

import { strict as assert } from 'node:assert';
import { after, before, describe, test } from 'node:test';
import { serial, startDaemon } from '../fixture.js';
import { DESK, PHONE, Visitor, launch, skip } from '../support/browser.js';

const PUBLIC = ['', 'return', 'track', 'sign-in'];
const SIGNED = ['partner', 'manager'];

describe('the pages', { skip }, () => {
    let api;
    let browser;

    before(async () => {
        api = await startDaemon();
        browser = await launch();
    });
    after(async () => {
        await browser?.close();
        await api?.stop();
    });

    const visit = (options) => Visitor.open(browser, api.origin, options);

    /** Fill the four steps of a return up to the last one. */
    async function fillReturn(visitor, changes = {}) {
        const given = { serial: serial(), country: 'DE', name: 'Käthe Müller', email: 'kaethe@customer.example', ...changes };

        await visitor.goto('return');
        await visitor.field('return.model').selectOption({ label: 'MT-520 – Mini tiller 52 cc' });
        await visitor.field('return.serial').fill(given.serial);
        await visitor.button('return.continue').click();
        await visitor.page.getByText(visitor.t('reason.doa')).click();
        await visitor.field('return.description').fill('It never worked at all.');
        await visitor.button('return.continue').click();
        await visitor.field('return.country').selectOption(given.country);
        await visitor.field('return.name').fill(given.name);
        await visitor.field('return.email').fill(given.email);
        await visitor.button('return.continue').click();
        await visitor.heading('return.checkTitle').waitFor();
        return given;
    }

    for (const [look, options] of [['phone', PHONE], ['desk', DESK]]) {
        for (const colorScheme of ['light', 'dark']) {
            test(`look well on a ${look} in the ${colorScheme}`, async () => {
                const anybody = await visit({ ...options, colorScheme });
                const manager = await visit({ ...options, colorScheme });

                for (const page of PUBLIC) {
                    await anybody.goto(page);
                    await anybody.page.waitForLoadState('networkidle');
                    await anybody.look(`${page || 'home'}-${look}-${colorScheme}`);
                }
                await manager.signIn('manager');
                for (const page of SIGNED) {
                    await manager.goto(page);
                    await manager.page.waitForLoadState('networkidle');
                    await manager.look(`${page}-${look}-${colorScheme}`);
                }
                anybody.assertCalm();
                manager.assertCalm();
                await Promise.all([anybody.close(), manager.close()]);
            });
        }
    }

    test('fit with letters twice as large', async () => {
        const anybody = await visit(PHONE);

        for (const page of PUBLIC) {
            await anybody.goto(page);
            await anybody.page.waitForLoadState('networkidle');
            await anybody.page.evaluate(() => {
                document.documentElement.style.fontSize = '200%';
            });
            await anybody.look(`${page || 'home'}-phone-large`);
        }
        await anybody.close();
    });

    test('can be read without scripts, and say what is missing', async () => {
        const anybody = await visit({ ...PHONE, javaScriptEnabled: false });

        for (const page of ['', 'return']) {
            const answer = await anybody.goto(page);

            assert.equal(answer.status(), 200);
            assert.ok(await anybody.page.getByRole('heading').first().textContent());
        }
        assert.ok((await anybody.page.locator('noscript').textContent()).includes(anybody.t('common.noScript')));
        await anybody.close();
    });

    test('lead whoever comes without a language to the own one', async () => {
        for (const [locale, path] of [['en', '/en/'], ['zh-Hans', '/zh-hans/']]) {
            const anybody = await visit({ locale });

            await anybody.page.goto(api.origin);
            assert.equal(new URL(anybody.page.url()).pathname, path);
            await anybody.page.goto(`${api.origin}/return`);
            assert.equal(new URL(anybody.page.url()).pathname, `${path}return`);
            await anybody.close();
        }
    });

    test('change the language and stay on the page', async () => {
        const anybody = await visit(DESK);

        await anybody.goto('return');
        await anybody.page.locator('details.languages summary').click();
        await anybody.look('languages-desk');
        await anybody.page.getByRole('link', { name: '中文' }).click();
        await anybody.page.waitForURL('**/zh-hans/return');
        anybody.assertCalm();
        await anybody.close();
    });

    test('name every mistake in a summary that takes the focus and leads to the field', async () => {
        const customer = await visit(PHONE);

        await customer.goto('return');
        await customer.page.locator('#product option').nth(1).waitFor({ state: 'attached' });
        await customer.button('return.continue').click();
        const summary = customer.page.locator('#errors');

        await summary.waitFor();
        for (const name of ['product', 'serial'])
            assert.ok((await summary.textContent()).includes(customer.t(`return.js.missing.${name}`)));
        assert.equal(await customer.page.evaluate(() => document.activeElement.id), 'errors');
        await customer.look('return-errors-phone');
        await summary.getByRole('link', { name: customer.t('return.js.missing.serial') }).click();
        assert.equal(await customer.page.evaluate(() => document.activeElement.id), 'serial');
        assert.equal(await customer.page.locator('#serial').getAttribute('aria-invalid'), 'true');
        customer.assertCalm();
        await customer.close();
    });

    test('can be used with the keyboard alone', async () => {
        const customer = await visit(DESK);
        const { keyboard } = customer.page;
        const focused = () => customer.page.evaluate(() => document.activeElement.id || document.activeElement.textContent.trim());
        const tabTo = async (id) => {
            for (let n = 0; n < 40 && await focused() !== id; n++)
                await keyboard.press('Tab');
            assert.equal(await focused(), id);
        };
        const machine = serial();

        await customer.goto('return');
        await customer.page.locator('#product option').nth(1).waitFor({ state: 'attached' });
        await keyboard.press('Tab');
        assert.equal(await focused(), customer.t('common.skip'), 'the first stop is the way to the content');
        await tabTo('product');
        await keyboard.type('MT-520');
        await tabTo('serial');
        await keyboard.type(machine);
        await keyboard.press('Enter');
        await customer.heading('return.problemTitle').waitFor();
        await tabTo('reason');
        await keyboard.press('Space');
        await tabTo('description');
        await keyboard.type('It never worked at all.');
        await keyboard.press('Tab');
        await keyboard.press('Enter');
        await customer.heading('return.contactTitle').waitFor();
        await tabTo('country');
        await keyboard.type('Germany');
        await tabTo('name');
        await keyboard.type('Kathe');
        await tabTo('email');
        await keyboard.type('k@customer.example');
        await keyboard.press('Enter');
        await customer.heading('return.checkTitle').waitFor();
        for (let n = 0; n < 40 && await focused() !== customer.t('return.submit'); n++)
            await keyboard.press('Tab');
        await keyboard.press('Enter');
        await customer.heading('return.doneTitle').waitFor();
        assert.equal(await api.sql(`SELECT country FROM return WHERE serial = '${machine}'`), 'DE');
        await customer.close();
    });

    test('lose nothing when the network is gone, and send once when it is back', async () => {
        const customer = await visit(PHONE);
        const { serial: machine } = await fillReturn(customer);

        await customer.context.setOffline(true);
        await customer.button('return.submit').click();
        await customer.page.getByText(customer.t('common.js.offline')).first().waitFor();
        await customer.look('return-offline-phone');
        await customer.context.setOffline(false);
        await customer.button('return.submit').click();
        await customer.heading('return.doneTitle').waitFor();
        assert.equal(await api.sql(`SELECT count(*) FROM return WHERE serial = '${machine}'`), '1');
        await customer.close();
    });

    for (const [times, what] of [[1, 'try again by themselves'], [3, 'say so in the end']]) {
        test(`file once although the answer was lost ${times === 1 ? 'once' : `${times} times`}, and ${what}`, async () => {
            const customer = await visit(PHONE);
            const { serial: machine } = await fillReturn(customer);
            const filed = () => api.sql(`SELECT count(*) FROM return WHERE serial = '${machine}'`);
            let lost = 0;

            await customer.page.route('**/api/v1/returns', async (route) => {
                if (lost++ >= times)
                    return route.continue();
                await route.fetch(); // it arrives and is done, but the telephone never hears of it
                return route.abort('connectionreset');
            });
            await customer.button('return.submit').click();
            if (times > 1) {
                await customer.page.getByText(customer.t('common.js.offline')).first().waitFor();
                assert.equal(await filed(), '1');
                await customer.button('return.submit').click();
            }
            await customer.heading('return.doneTitle').waitFor();
            assert.equal(await filed(), '1');
            assert.equal(customer.answers.at(-1).headers()['idempotent-replayed'], 'true');
            await customer.close();
        });
    }

    test('keep what was typed over a reload, until it is sent or deleted', async () => {
        const customer = await visit(PHONE);

        await customer.goto('return');
        await customer.field('return.serial').fill('KEPT-1');
        await customer.page.reload();
        assert.equal(await customer.field('return.serial').inputValue(), 'KEPT-1');
        await customer.button('return.draftDelete').click();
        await customer.page.waitForFunction(() => document.querySelector('#serial').value === '');
        await customer.close();
    });

    test('say in plain words that a machine is filed already', async () => {
        const customer = await visit(PHONE);
        const machine = serial();

        await api.file({ serial: machine });
        await fillReturn(customer, { serial: machine });
        await customer.button('return.submit').click();
        await customer.page.getByText(customer.t('return.js.alreadyOpen')).first().waitFor();
        await customer.look('return-already-open-phone');
        await customer.close();
    });
});
