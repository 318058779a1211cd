// A manager sends in a sales file: checks it first, answers what the file leaves open,
// imports it, and finds that the same file again changes nothing.

import { strict as assert } from 'node:assert';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { ROOT, startDaemon } from '../fixture.js';
import { DESK, PHONE, Visitor, launch, skip } from '../support/browser.js';

const ORDERS = join(ROOT, 'tests/import/formats/all_orders.tsv');
/** Its only day could be one in April or one in March. */
const OPEN_DATES = {
    name: 'dealers.csv',
    mimeType: 'text/csv',
    buffer: Buffer.from('Lieferdatum;Lieferschein;Kunde;Land;Artikelnummer;Bezeichnung;Menge;Währung;Stückpreis\n'
        + '03/04/2026;LS-1;D-01;DE;MT-520;Motorhacke;20;EUR;138,00\n'),
};

for (const [locale, width, size] of [['en', 'desk', DESK], ['zh-Hans', 'phone', PHONE]]) {
    describe(`in ${locale}`, { skip }, () => {
        const shot = (name) => `${locale}-${name}-${width}`;
        const ended = (name) => manager.page.locator('#report .notice', { hasText: manager.t(`import.js.${name}`) }).waitFor();
        let api;
        let browser;
        let manager;

        before(async () => {
            api = await startDaemon();
            browser = await launch();
            manager = await Visitor.open(browser, api.origin, { locale, ...size });
            await manager.signIn('manager');
        });
        after(async () => {
            await browser?.close();
            await api?.stop();
        });

        test('the way to sales files is in the header', async () => {
            await manager.link('common.js.files').click();
            await manager.heading('import.title').waitFor();
            await manager.page.getByText(manager.t('import.js.noJobs')).waitFor();
            await manager.look(shot('import-empty'));
        });

        test('without a file there is nothing to send', async () => {
            await manager.button('import.submit').click();
            await manager.page.getByText(manager.t('import.js.chooseFile')).waitFor();
        });

        test('a file with unknown articles is refused, and every row is told', async () => {
            await manager.page.locator('#file').setInputFiles(ORDERS);
            await manager.button('import.check').click();
            await ended('failed');
            await manager.page.locator('#report').getByText(manager.t('import.js.allRejects')).waitFor();
            await manager.look(shot('import-refused'));
        });

        test('with a line for them it can be imported, and checking changes nothing', async () => {
            await manager.page.locator('#line').selectOption('tiller');
            await manager.button('import.check').click();
            await ended('checked');
            assert.equal(await api.sql('SELECT count(*) FROM source_row'), '0');
        });

        test('then it is imported', async () => {
            await manager.button('import.submit').click();
            await ended('imported');
            assert.notEqual(await api.sql('SELECT count(*) FROM source_row'), '0');
            await manager.look(shot('import-done'));
        });

        test('the same file again changes nothing, and says so', async () => {
            const before = await api.sql('SELECT count(*) FROM unit_event');

            await manager.button('import.submit').click();
            await ended('repeated');
            assert.equal(await api.sql('SELECT count(*) FROM unit_event'), before);
        });

        test('what the file leaves open is asked, and answered by a button', async () => {
            await manager.page.locator('#file').setInputFiles(OPEN_DATES);
            await manager.button('import.submit').click();
            await manager.page.getByText(manager.t('import.js.question.ambiguous_dates')).waitFor();
            await manager.look(shot('import-question'));
            await manager.button('import.js.answer.date_order_dmy').click();
            await ended('imported');
            assert.equal(await manager.page.locator('#date_order').inputValue(), 'dmy');
            await manager.look(shot('import-answered'));
            manager.assertCalm();
        });
    });
}
