// A customer files a return on a telephone, a partner moves it on, the customer
// sees it, the manager sees the rate. Step by step, as people do it.

import { strict as assert } from 'node:assert';
import { after, before, describe, test } from 'node:test';
import { serial, startDaemon } from '../fixture.js';
import { DESK, PHONE, Visitor, launch, skip } from '../support/browser.js';

const STORIES = [['en', 'The engine dies after a minute.', 'We come on Monday at nine.', 'Please ring twice.'],
                 ['zh-Hans', '发动机一分钟后熄火，无法重新启动。', '我们星期一上午九点来。', '请按两次门铃。']];

for (const [locale, complaint, note, question] of STORIES) {
    describe(`in ${locale}`, { skip }, () => {
        const machine = serial();
        const shot = (name) => `${locale}-${name}`;
        let api;
        let browser;
        let customer;
        let partner;
        let number;

        before(async () => {
            api = await startDaemon();
            browser = await launch();
            customer = await Visitor.open(browser, api.origin, { locale, ...PHONE });
            partner = await Visitor.open(browser, api.origin, { locale, ...DESK });
        });
        after(async () => {
            await browser?.close();
            await api?.stop();
        });

        test('the start page shows the way to a return', async () => {
            await customer.goto('');
            assert.equal(await customer.page.locator('html').getAttribute('lang'), locale);
            await customer.look(shot('home-phone'));
            await customer.link('home.fileAction').click();
            await customer.heading('return.title').waitFor();
            customer.assertCalm();
        });

        test('the customer says which machine it is', async () => {
            await customer.field('return.model').selectOption({ label: 'MT-520 – Mini tiller 52 cc' });
            await customer.field('return.serial').fill(machine.toLowerCase());
            await customer.look(shot('return-1-machine-phone'));
            await customer.button('return.continue').click();
            await customer.heading('return.problemTitle').waitFor();
        });

        test('what is wrong with it', async () => {
            await customer.page.getByText(customer.t('reason.safety')).click();
            await customer.page.getByText(customer.t('return.safetyTitle')).waitFor();
            await customer.look(shot('return-2-danger-phone'));
            await customer.page.getByText(customer.t('reason.failed_in_use')).click();
            await customer.field('return.description').fill(complaint);
            await customer.look(shot('return-2-problem-phone'));
            await customer.button('return.continue').click();
            await customer.heading('return.contactTitle').waitFor();
        });

        test('and how to reach them', async () => {
            await customer.field('return.country').selectOption('DE');
            await customer.field('return.name').fill('Käthe Müller');
            await customer.field('return.email').fill('kaethe@customer.example');
            await customer.field('return.phone').fill('+49 151 12345678');
            await customer.look(shot('return-3-contact-phone'));
            await customer.button('return.continue').click();
            await customer.heading('return.checkTitle').waitFor();
        });

        test('checks the answers and sends them; two quick taps file one return', async () => {
            const page = customer.page.locator('#summary');

            for (const answer of ['MT-520', machine, complaint, 'Käthe Müller', 'kaethe@customer.example', '+4915112345678'])
                assert.ok((await page.textContent()).includes(answer), answer);
            await customer.look(shot('return-4-check-phone'));
            await customer.button('return.submit').dblclick();
            await customer.heading('return.doneTitle').waitFor();
            number = (await customer.page.locator('#done-number').textContent()).trim();
            assert.match(number, /^R-[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]$/);
            assert.equal(await api.sql(`SELECT count(*) FROM return WHERE serial = '${machine}'`), '1');
            assert.equal(await api.sql(`SELECT locale FROM return WHERE serial = '${machine}'`), locale);
            await customer.look(shot('return-5-done-phone'));
            customer.assertCalm();
        });

        test('a reload still shows the link', async () => {
            const link = await customer.page.locator('#done-link').textContent();

            await customer.page.reload();
            await customer.heading('return.doneTitle').waitFor();
            assert.equal(await customer.page.locator('#done-link').textContent(), link);
        });

        test('the customer follows the return by its link, which no server sees', async () => {
            await customer.link('return.open').click();
            await customer.heading('track.js.offered').waitFor();
            await customer.page.getByText(number).first().waitFor();
            await customer.look(shot('track-offered-phone'));
            const told = customer.answers.map((answer) => answer.url()).filter((url) => /[A-Za-z0-9_-]{43}/.test(new URL(url).pathname + new URL(url).search));

            assert.deepEqual(told, []);
            customer.assertCalm();
        });

        test('the partner signs in and finds the job', async () => {
            await partner.goto('partner');
            await partner.button('signIn.submit').waitFor();
            await partner.look(shot('sign-in-desk'));
            await partner.signIn('partner');
            await partner.goto('partner');
            await partner.page.getByRole('link', { name: number }).waitFor();
            await partner.look(shot('partner-list-desk'));
        });

        test('the job shows what is needed to do it', async () => {
            await partner.page.getByRole('link', { name: number }).click();
            await partner.heading('partner.moveTitle').waitFor();
            const text = await partner.page.locator('main').textContent();

            for (const fact of [number, machine, complaint, 'Käthe Müller', 'kaethe@customer.example', '+4915112345678'])
                assert.ok(text.includes(fact), fact);
            await partner.look(shot('partner-ticket-desk'));
        });

        test('a job is not moved on without a note', async () => {
            await partner.button('partner.js.to.accepted').click();
            await partner.page.getByText(partner.t('partner.js.noteMissing')).waitFor();
            assert.equal(await partner.page.evaluate(() => document.activeElement.id), 'note');
            await partner.look(shot('partner-ticket-note-missing-desk'));
            assert.equal(await api.sql("SELECT count(*) FROM ticket WHERE state <> 'offered'"), '0');
        });

        test('the partner accepts it with a note; two quick clicks move it once', async () => {
            await partner.field('partner.note').first().fill(note);
            await partner.button('partner.js.to.accepted').dblclick();
            await partner.page.getByText(partner.t('partner.js.saved', { state: partner.t('ticketState.accepted') })).waitFor();
            await partner.page.locator('#timeline').getByText(note).waitFor();
            assert.equal(await partner.field('partner.note').first().inputValue(), '');
            assert.equal(await api.sql(`SELECT count(*) FROM return_event JOIN return ON return.id = return_event.return
                                         WHERE serial = '${machine}' AND kind = 'ticket_moved'`), '1');
            await partner.look(shot('partner-ticket-accepted-desk'));
            partner.assertCalm(/401/); // the first visit, before signing in
        });

        test('the customer sees it, with the partner\'s name and note', async () => {
            await customer.page.reload();
            await customer.heading('track.js.accepted').waitFor();
            const event = customer.page.locator('#timeline li', { hasText: note });

            await event.waitFor();
            assert.ok((await event.textContent()).includes('Atelier du Nord'));
            await customer.look(shot('track-accepted-phone'));
        });

        test('the customer writes, and the partner reads it', async () => {
            await customer.field('track.messageLabel').fill(question);
            await customer.button('track.messageAction').click();
            await customer.page.getByText(customer.t('track.js.messageSent')).waitFor();
            await customer.page.locator('#timeline').getByText(question).waitFor();
            await partner.page.reload();
            await partner.page.locator('#timeline').getByText(question).waitFor();
            customer.assertCalm();
        });

        test('somebody who was faster is not overwritten, and no note is lost', async () => {
            const ticket = new URL(partner.page.url()).searchParams.get('ticket');

            await partner.field('partner.note').first().fill(`${note} 2`);
            await api.move('tickets', ticket, { to: 'in_work', note: 'From another window.' }, await api.as('partner'));
            await partner.button('partner.js.to.appointed').click();
            await partner.page.getByText(partner.t('partner.js.changed')).waitFor();
            assert.equal(await partner.field('partner.note').first().inputValue(), `${note} 2`);
            await partner.button('partner.js.to.done').waitFor();
            await partner.look(shot('partner-ticket-changed-desk'));
            partner.assertCalm(/412/);
        });

        test('the manager sees rate, range and verdict of every line', async () => {
            const manager = await Visitor.open(browser, api.origin, { locale, ...DESK });

            await manager.signIn('manager');
            await manager.heading('manager.title').waitFor();
            const row = (name) => manager.page.getByRole('row', { name: new RegExp(name) });

            await row('Generators').waitFor();
            for (const [name, status, reason] of [['Generators', 'loss_making'], ['Heaters', 'earning'],
                                                  ['Mowers', 'no_verdict', 'immature'], ['Accessories', 'no_verdict', 'no_costs']]) {
                const told = await row(name).textContent();

                assert.ok(told.includes(manager.t(`manager.js.${status}`)), `${name}: ${told}`);
                assert.ok(!reason || told.includes(manager.t(`manager.js.reason.${reason}`)), `${name}: ${told}`);
            }
            const tillers = await row('Tillers').textContent();

            assert.ok(tillers.includes(manager.t('manager.js.at_risk')));
            assert.match(tillers, /1[.,\s]?200/, 'units shipped');
            assert.match(tillers, /96/, 'those that came back; the one of this story belongs to no shipment');
            assert.match(tillers, /8\.0\s?%/, 'the rate');
            assert.match(tillers, /14\.1\s?%/, 'break-even');
            await manager.look(shot('manager-desk'));

            await row('Tillers').getByRole('link').click();
            await manager.page.getByRole('heading', { name: 'Tillers' }).waitFor();
            await manager.page.getByRole('row').nth(1).waitFor();
            await manager.look(shot('manager-split-country-desk'));
            for (const by of ['month', 'channel', 'product']) {
                await manager.link(`manager.js.by.${by}`).click();
                await manager.page.locator(`#split [aria-current=page]`, { hasText: manager.t(`manager.js.by.${by}`) }).waitFor();
                await manager.page.getByRole('heading', { name: 'Tillers' }).waitFor();
                await manager.page.waitForFunction(() => document.querySelector('#rates table, #rates .empty'));
                await manager.accessible(`split by ${by}`);
            }
            manager.assertCalm();
            await manager.button('common.js.signOut').click();
            await manager.button('signIn.submit').waitFor();
            await manager.close();
        });
    });
}
