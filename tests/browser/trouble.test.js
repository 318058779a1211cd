// How the pages stand attacks, wrong links and ended sessions.

import { strict as assert } from 'node:assert';
import { after, before, describe, test } from 'node:test';
import { ACCOUNTS, nobody, startDaemon } from '../fixture.js';
import { DESK, PHONE, Visitor, launch, skip } from '../support/browser.js';

const PUBLIC = ['', 'return', 'track', 'sign-in'];
const SIGNED = ['partner', 'manager'];

describe('the pages, in trouble,', { skip }, () => {
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

    test('show what people typed as text, whatever it looks like', async () => {
        const payload = '<img src=x onerror=alert(1)><script>alert(2)</script>{{return.title}} javascript:alert(3)';
        const filed = await api.file({ description: payload, name: payload.slice(0, 60) });
        const ticket = await api.ticketOf(filed);
        const partner = await visit(DESK);
        const customer = await visit(PHONE);

        await api.post(`/api/v1/returns/${filed.id}/messages`, { note: payload }, { token: filed.token });
        await partner.signIn('partner');
        await partner.goto(`partner?ticket=${ticket.id}`);
        await partner.page.locator('#timeline').getByText(payload).waitFor();
        await customer.page.goto(`${api.origin}/en/track#${filed.id}.${filed.token}`);
        await customer.page.locator('#timeline').getByText(payload).waitFor();
        assert.equal(await customer.page.locator('main img, main script').count(), 0);
        partner.assertCalm();
        customer.assertCalm();
        await Promise.all([partner.close(), customer.close()]);
    });

    test('tell that a link is wrong, and offer another way', async () => {
        const customer = await visit(PHONE);
        const filed = await api.file();

        for (const wrong of [`${filed.id}.${'A'.repeat(43)}`, `${nobody('ret')}.${filed.token}`]) {
            await customer.page.goto('about:blank');
            await customer.page.goto(`${api.origin}/en/track#${wrong}`);
            await customer.page.getByText(customer.t('track.js.badLink')).first().waitFor();
        }
        await customer.look('track-bad-link-phone');
        await customer.goto('track');
        await customer.field('track.linkLabel').first().fill(`${api.origin}/en/track#${filed.id}.${filed.token}`);
        await customer.button('track.linkAction').click();
        await customer.page.getByText(filed.number).first().waitFor();
        await customer.close();
    });

    test('ask before a return is cancelled, and then cancel it', async () => {
        const customer = await visit(PHONE);
        const filed = await api.file({ country: 'IT' });

        await customer.page.goto(`${api.origin}/en/track#${filed.id}.${filed.token}`);
        await customer.button('track.cancelAction').click();
        await customer.heading('track.cancelTitle').waitFor();
        await customer.look('track-cancel-phone');
        await customer.button('track.cancelNo').click();
        assert.equal(await api.sql(`SELECT state FROM return WHERE public_id = '${filed.id}'`), 'submitted');
        await customer.button('track.cancelAction').click();
        await customer.button('track.cancelYes').click();
        await customer.heading('track.js.cancelledState').waitFor();
        assert.equal(await api.sql(`SELECT state FROM return WHERE public_id = '${filed.id}'`), 'cancelled');
        await customer.look('track-cancelled-phone');
        customer.assertCalm();
        await customer.close();
    });

    test('do not tell whether the address or the password was wrong', async () => {
        const somebody = await visit(DESK);
        const said = [];

        for (const [email, password] of [[ACCOUNTS.manager.email, 'wrong wrong wrong'], ['nobody@maker.example', 'wrong wrong wrong']]) {
            await somebody.goto('sign-in');
            await somebody.field('signIn.email').fill(email);
            await somebody.page.locator('#password').fill(password);
            await somebody.button('signIn.submit').click();
            await somebody.page.locator('#errors').waitFor();
            said.push(await somebody.page.locator('#errors').textContent());
        }
        assert.ok(said[0].includes(somebody.t('signIn.js.wrong')));
        assert.equal(said[0], said[1]);
        await somebody.look('sign-in-wrong-desk');
        await somebody.close();
    });

    test('lead back to the sign-in page when the session has ended, and from there to the work', async () => {
        const partner = await visit(DESK);

        await partner.signIn('partner');
        await api.sql(`DELETE FROM token USING account WHERE account.id = token.account AND email = '${ACCOUNTS.partner.email}'`);
        await partner.goto('partner?show=all');
        await partner.button('signIn.submit').waitFor();
        await partner.field('signIn.email').fill(ACCOUNTS.partner.email);
        await partner.page.locator('#password').fill(ACCOUNTS.partner.password);
        await partner.button('signIn.submit').click();
        await partner.page.waitForURL('**/en/partner?show=all');
        await partner.close();
    });

    test('show a partner nothing that is not the partner\'s', async () => {
        const filed = await api.file({ country: 'DE' });
        const ticket = await api.ticketOf(filed);
        const stranger = await visit(DESK);

        await stranger.signIn('otherPartner');
        await stranger.goto('partner');
        await stranger.page.waitForLoadState('networkidle');
        assert.ok(!(await stranger.page.content()).includes(filed.number));
        await stranger.goto(`partner?ticket=${ticket.id}`);
        await stranger.page.getByText(stranger.t('partner.js.notFound')).waitFor();
        await stranger.goto('manager');
        await stranger.page.getByText(stranger.t('manager.js.forbidden')).waitFor();
        await stranger.look('manager-forbidden-desk');
        await stranger.close();
    });

    test('explain every error under its own address', async () => {
        const anybody = await visit(PHONE);
        const { body } = await api.get('/api/v1/nothing');

        assert.equal((await anybody.page.goto(body.type)).status(), 200);
        assert.ok((await anybody.page.textContent('main')).includes('not_found'));
        await anybody.look('problem-phone');
        await anybody.close();
    });

    test('take a template attack, a frame and a foreign script for what they are', async () => {
        for (const page of [...PUBLIC, ...SIGNED]) {
            const answer = await fetch(`${api.origin}/en/${page}`);
            const policy = answer.headers.get('content-security-policy');

            for (const rule of ["default-src 'none'", "script-src 'self'", "object-src 'none'", "base-uri 'none'",
                                "frame-ancestors 'none'", "require-trusted-types-for 'script'"])
                assert.ok(policy.includes(rule), `${page}: ${rule}`);
            assert.ok(!/unsafe|\*|https?:/.test(policy), policy);
        }
    });
});
