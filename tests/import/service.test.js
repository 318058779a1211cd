// Sales files through the service: sent in over HTTP, read by a job, told by its report.

import { strict as assert } from 'node:assert';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { get } from 'node:http';
import { after, before, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { startDaemon } from '../fixture.js';
import { MAPPING, imported, saveMap } from '../support/import.js';
import { SHARED, sample, shared } from './helper.js';

const skip = existsSync(SHARED) ? false : `${SHARED} is not there`;
const ORDERS = readFileSync(sample('formats/all_orders.tsv'));
const HEADER = 'return-date,sku,quantity,reason\n';
const GOOD = '2026-03-02,TILL-52,1,DEFECTIVE\n';
const MEMORY_KB = 64 * 1024;

let api;
let staff;

before(async () => {
    api = await startDaemon({ settings: { flag_seconds: 0 } });
    staff = { token: await api.as('manager') };
    await api.sql(`INSERT INTO exchange_rate (currency, valid_from, rate) VALUES ('INR', '2010-01-01', 0.012), ('USD', '2010-01-01', 0.9)`);
    await api.sql("INSERT INTO product_line (public_id, code, name, family) VALUES (new_id('lin'), 'fresh', 'Fresh', 'fresh')");
});
after(() => api?.stop());

const content = () => api.sql(`SELECT (SELECT count(*) FROM posting), (SELECT coalesce(sum(units), 0) FROM unit_event),
    (SELECT count(*) FROM source_row), (SELECT count(*) FROM product), (SELECT count(*) FROM sales_import)`);
const peak = () => Number(readFileSync(`/proc/${api.pid}/status`, 'utf8').match(/VmHWM:\s+(\d+)/)[1]);
const codes = ({ codes: told }, column) => Object.fromEntries(told.filter((code) => code.column === column).map(({ code, rows }) => [code, rows]));
const lineOf = async (code) => (await api.get('/api/v1/analytics/lines', staff)).body.items.find((line) => line.code === code);

test('a dry run tells all that an import would, and leaves nothing', async () => {
    const before = await content();
    const { state, result } = await imported(api, staff, ORDERS, { file_name: 'april.tsv', line: 'fresh', validate_only: true });

    assert.equal(state, 'succeeded');
    assert.deepEqual([result.dry_run, result.format, result.encoding], [true, 'all_orders', 'Windows-1252']);
    assert.deepEqual([result.rows.read, result.rows.accepted, result.rows.rejected], [6, 6, 0]);
    assert.equal(await content(), before);
});

test('a file is taken in, counted at once, and its repeat changes nothing', async () => {
    const first = await imported(api, staff, ORDERS, { line: 'fresh' });
    const taken = await content();

    assert.deepEqual([first.state, first.result.rows.new, first.result.units.shipped], ['succeeded', 6, 5]);
    await api.folded();
    assert.equal((await lineOf('fresh')).shipped, 5);
    const again = await imported(api, staff, gzipSync(ORDERS), { line: 'fresh' });

    assert.deepEqual([again.state, again.result.repeated], ['succeeded', true]);
    assert.equal(await content(), taken);
});

test('a row that says something else now supersedes what it said, which is kept', async () => {
    const restated = Buffer.from(ORDERS.toString('latin1').replace('TILL-52\tB0TEST0001\tShipped\t2', 'TILL-52\tB0TEST0001\tShipped\t1'), 'latin1');
    const { state, result } = await imported(api, staff, restated, { line: 'fresh' });

    assert.notDeepEqual(restated, ORDERS);
    assert.deepEqual([state, result.rows.new, result.rows.changed, result.rows.unchanged], ['succeeded', 0, 1, 5]);
    await api.folded();
    assert.equal((await lineOf('fresh')).shipped, 4);
    assert.equal(await api.sql('SELECT count(*) FROM source_row_history'), '1');
});

test('while a file is read its progress is told as it happens', async () => {
    const rows = Array.from({ length: 200000 }, (_, i) => `P-${i % 7},1,2025-01-${String(1 + (i % 28)).padStart(2, '0')}\n`);
    const map = await saveMap(api, staff, 'plain', MAPPING);
    const heard = [];
    const { state, result } = await imported(api, staff, `p,q,d\n${rows.join('')}`, { map }, (id) => {
        get(`${api.origin}/api/v1/jobs/${id}/events`, { headers: { authorization: `Bearer ${staff.token}` } }, (answer) => {
            answer.setEncoding('utf8').on('data', (text) => heard.push(text));
        });
    });

    assert.deepEqual([state, result.rows.accepted, result.units.shipped], ['succeeded', 200000, 200000]);
    const told = heard.join('').split('\n\n').filter((event) => event.includes('data: ')).map((event) => JSON.parse(event.match(/^data: (.*)$/m)[1]));

    assert.ok(told.length >= 3, `${told.length} events`);
    assert.ok(told.every(({ progress }, i) => i === 0 || progress.processed >= told[i - 1].progress.processed || told[i].step !== told[i - 1].step));
    assert.ok(told.every(({ progress: { processed, total } }) => processed <= total), 'no more than all of it');
    assert.deepEqual([told.at(-1).state, told.at(-1).progress.processed], ['succeeded', told.at(-1).progress.total]);
});

test('every row that is rejected is told as CSV, and nothing of the file is taken', async () => {
    const before = await content();
    const bad = `${HEADER}${GOOD}2026-02-30,TILL-52,1,DEFECTIVE\n2026-03-02,TILL-52,many,DEFECTIVE\n`;
    const { id, state, problem, rejected } = await imported(api, staff, bad, { line: 'fresh' });
    const sheet = (await api.get(`/api/v1/jobs/${id}/rejects.csv`, staff)).text.replace(/^\ufeff/, '').trimEnd().split('\r\n');

    assert.deepEqual([state, rejected], ['failed', 2]);
    assert.match(problem, /2 rows were rejected/);
    assert.equal(sheet.length, 3);
    assert.match(sheet[1], /^3,return-date,/);
    assert.match(sheet[2], /^4,quantity,/);
    assert.equal(await content(), before);
});

test('files that are bad or hostile are refused with the reason, in bounded memory, and leave nothing', async (t) => {
    const returns = readFileSync(sample('formats/fba_returns.tsv'));
    const before = await content();

    // Somebody's password took 64 MB; from here on the peak is that of the files.
    writeFileSync(`/proc/${api.pid}/clear_refs`, '5');
    for (const [name, bytes, wrong] of [
        ['a NUL', `${HEADER}${GOOD}2026-03-02,TI\0LL,1,X\n`, /NUL byte/],
        ['a gzip that was cut', gzipSync(HEADER + GOOD.repeat(20000)).subarray(0, 400), /cut|ends/i],
        ['a gzip that holds two gigabytes', bomb(), /larger than an import may be/],
        ['no text', Buffer.from(Array.from({ length: 9000 }, (_, i) => (i * i * 31 + i + 7) % 251)), /encoding|NUL/],
        ['a spreadsheet', 'PK\x03\x04 and more', /spreadsheet/],
        ['two formats', Buffer.concat([returns, readFileSync(sample('formats/replacements.tsv'))]), /header of another format/],
        ['days that may be months', `${HEADER}03/04/2026,TILL-52,1,DEFECTIVE\n`, /date_order=/],
        ['a line of megabytes', `${HEADER}${'x'.repeat(4 << 20)}\n`, /./],
        ['a million columns', `${'c,'.repeat(1 << 20)}\n`, /./],
        ['nothing that is known', 'a,b\n1,2\n', /./],
    ]) {
        const { state, problem } = await imported(api, staff, bytes, { line: 'fresh' });

        assert.equal(state, 'failed', name);
        assert.match(problem, wrong, name);
    }
    t.diagnostic(`${(peak() / 1024).toFixed(1)} MB at most`);
    assert.ok(peak() < MEMORY_KB, `${peak()} kB`);
    assert.equal(await content(), before);
});

/** Two gigabytes of the same row in a few kilobytes: the same megabyte again and again, as members of one gzip. */
function bomb() {
    const block = gzipSync(Buffer.from(GOOD.repeat(40000)));

    return Buffer.concat([gzipSync(HEADER), ...Array.from({ length: 1800 }, () => block)]);
}

test('flags are judged by what a file has brought as soon as it is there', async () => {
    const rows = [2, 3, 4].flatMap((month) => Array.from({ length: 30 }, (_, i) => ({ month, i })));
    const columns = ORDERS.toString('latin1').split('\n')[0].trimEnd().split('\t');
    const row = ({ month, i }) => columns.map((name) => ({
        'amazon-order-id': `F-${month}-${i}`, 'purchase-date': `2026-0${month}-10T09:00:00+00:00`, 'order-status': 'Shipped',
        'sales-channel': 'Amazon.de', sku: 'FLAG-1', quantity: '1', currency: 'EUR', 'item-price': '100.00', 'item-status': 'Shipped', 'ship-country': 'DE',
    })[name] ?? '').join('\t');

    await api.sql("INSERT INTO product_line (public_id, code, name, family) VALUES (new_id('lin'), 'flagged', 'Flagged', 'flagged')");
    const { state } = await imported(api, staff, `${columns.join('\t')}\n${rows.map(row).join('\n')}\n`, { line: 'flagged' });

    assert.equal(state, 'succeeded');
    const { id } = await lineOf('flagged');
    let flags = [];

    for (const end = Date.now() + 15000; !flags.length && Date.now() < end;)
        flags = (await api.get(`/api/v1/analytics/flags?line=${id}`, staff)).body.items;
    assert.deepEqual(flags.map(({ code, state: is }) => [code, is]), [['data_gap', 'raised']]);
    assert.match(flags[0].sentence, /90 units are shipped, but no costs are entered/);
});

test('the published counts of Amazon.in come out over HTTP', { skip }, async () => {
    const { state, result } = await imported(api, staff, readFileSync(shared('amazon_in_sale_report_apr2022.csv')), { line: 'fresh' });

    assert.equal(state, 'succeeded');
    assert.deepEqual([result.rows.read, result.orders], [5733, 5390]);
    assert.deepEqual(codes(result, 'Status'), {
        Cancelled: 814, 'Shipped - Delivered to Buyer': 1425, Shipped: 3385, 'Shipped - Returned to Seller': 105,
        'Shipped - Rejected by Buyer': 2, 'Shipped - Lost in Transit': 2,
    });
    assert.equal(result.columns.find(({ name }) => name === 'Amount').blank, 378);
});

test('the published reasons of an apparel shop come out over HTTP', { skip }, async () => {
    const { state, result } = await imported(api, staff, readFileSync(shared('amazon_fba_returns_reduced.csv')), { line: 'fresh' });
    const reasons = codes(result, 'reason');

    assert.deepEqual([state, result.rows.read], ['succeeded', 120]);
    assert.deepEqual([reasons.APPAREL_TOO_SMALL, reasons.APPAREL_STYLE, reasons.UNDELIVERABLE_UNKNOWN, reasons.MISORDERED, reasons.NO_REASON_GIVEN],
                     [64, 16, 10, 6, 6]);
});
