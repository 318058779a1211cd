// Our own small file of each format that story.test.js does not tell of: what is found, and what follows.

import { strict as assert } from 'node:assert';
import { readFileSync } from 'node:fs';
import { beforeEach, test } from 'node:test';
import { Database, file, mapping, sample } from './helper.js';

let database;

beforeEach(async () => {
    database = await Database.create();
    await database.line('machines');
});

async function imported(name, ...options) {
    const { status, stdout, stderr } = database.run('--line', 'machines', ...options, sample(`formats/${name}`));

    assert.equal(status, 0, `${name}: ${stdout}${stderr}`);
    return database.report();
}

const codes = (report, column) => Object.fromEntries(report.codes.filter((code) => code.column === column)
    .map(({ code, rows, class: name, known }) => [code, [rows, name, known]]));
const warned = (report) => report.warnings.map(({ code }) => code).sort();
const amounts = (report) => report.money.map(({ type, description, amount_minor, currency }) =>
    [type, description, amount_minor, currency]);
const days = () => database.sql(`SELECT p.model, e.ship_day, e.event_day, e.class, sum(e.units), sum(e.money_minor)
    FROM unit_event AS e JOIN product AS p ON p.id = e.product GROUP BY 1, 2, 3, 4 ORDER BY 1, 2, 3, 4`);

test('a report of orders in Windows-1252 tells what was found of it', async () => {
    const report = await imported('all_orders.tsv');

    assert.equal(report.outcome, 'imported');
    assert.match(report.import, /^imp_[0-9a-z]{26}$/);
    assert.equal(report.format, 'all_orders');
    assert.equal(report.encoding, 'Windows-1252');
    assert.equal(report.delimiter, '\t');
    assert.equal(report.header_line, 1);
    assert.equal(report.orders, 6);
    assert.deepEqual(report.rows, { read: 6, accepted: 6, skipped: 0, rejected: 0, new: 6, changed: 0, unchanged: 0 });
    assert.deepEqual(codes(report, 'order-status'), {
        Shipped: [4, null, true], Pending: [1, null, true], Cancelled: [1, 'cancel', true],
    });
    assert.deepEqual(report.columns.filter(({ use }) => use === 'personal').map(({ name }) => name),
                     ['ship-city', 'ship-state', 'ship-postal-code']);
    assert.deepEqual(report.columns.find(({ name }) => name === 'purchase-date'), {
        name: 'purchase-date', field: 'purchase_date', kind: 'date', use: 'needed',
        style: 'yyyy-mm-ddThh:mm:ss+hh:mm', blank: 0,
    });
    assert.equal(report.columns.find(({ name }) => name === 'item-price').blank, 1);
    assert.deepEqual(warned(report), ['ship_day_assumed']);
    assert.equal(report.units.shipped, 5);
    assert.equal(report.units.cancelled, 1);
});

test('a settlement of version 1 adds up, and its refund counts', async () => {
    const report = await imported('settlement_v1.tsv', '--currency', 'USD');

    assert.deepEqual(amounts(report), [
        ['Order', 'Principal', 50000, 'USD'], ['Order', 'Shipping', 1000, 'USD'], ['Order', 'Commission', -7500, 'USD'],
        ['Refund', 'Principal', -25000, 'USD'], ['Refund', 'Commission', 3750, 'USD'], ['Transfer', 'Other', -50, 'USD'],
    ]);
    assert.equal(await database.ledger(), 'shipped 2\nrefund_only 1');
    assert.deepEqual(warned(report), ['units_assumed', 'unknown_rate']);
});

test('a settlement that does not add up is refused with both sums', async () => {
    const text = readFileSync(sample('formats/settlement_v2.tsv'), 'utf8').replace('\t-59.85\t', '\t-59.84\t');
    const { status, stderr } = database.run('--line', 'machines', file('short.tsv', text));

    assert.equal(status, 1);
    assert.match(stderr, /The amounts of settlement 1 of the file add up to -461\.48 EUR, and its total is -461\.49 EUR/);
    assert.equal(await database.ledger(), '');
});

test('transactions in German are read behind their preamble', async () => {
    const report = await imported('transactions_de.csv');

    assert.equal(report.format, 'date_range_transactions');
    assert.equal(report.header_line, 5);
    assert.deepEqual(codes(report, 'Typ'), {
        Bestellung: [1, null, true], Erstattung: [1, 'refund_only', true], Übertrag: [1, null, true],
        Sondergebühr: [1, null, false],
    });
    assert.deepEqual(amounts(report), [
        ['Bestellung', 'total', 153420, 'EUR'], ['Erstattung', 'total', -76710, 'EUR'],
    ]);
    assert.equal(await days(), 'GEN-2000|2025-06-08|2025-06-08||2|180390\nGEN-2000|2025-06-08|2025-06-15|refund_only|1|90195');
});

test('days are those of the zone that is asked for', async () => {
    await database.sql("INSERT INTO exchange_rate (currency, valid_from, rate) VALUES ('USD', '2025-01-01', 0.9)");
    await imported('transactions_us.csv');
    assert.equal(await days(), 'GEN-2000|2025-06-08|2025-06-08||1|116910\nGEN-2000|2025-06-08|2025-06-20|refund_only|1|116910');
    const report = await imported('transactions_us.csv', '--tz', 'Europe/Berlin');

    assert.equal(report.rows.changed, 1, 'the stamp at night in America is the next day in Europe');
    assert.match(await database.sql(`SELECT ship_day, sum(units) FROM unit_event WHERE class IS NULL GROUP BY 1
        HAVING sum(units) <> 0`), /^2025-06-09\|1$/);
});

test('a zone that nobody knows is refused', async () => {
    const { status, stderr } = database.run('--line', 'machines', '--tz', 'Europe/Atlantis',
                                            sample('formats/transactions_us.csv'));

    assert.equal(status, 1);
    assert.match(stderr, /The time zone Europe\/Atlantis is not known\./);
});

test('an order of a shop ships what is fulfilled, and its refund is told', async () => {
    const report = await imported('shopify_orders.csv');

    assert.equal(report.orders, 3);
    assert.deepEqual(warned(report), ['refund_without_units']);
    assert.equal(report.rows.skipped, 1);
    assert.equal(await days(), 'ESS-1000|2026-05-04|2026-05-04||1|12900\nGEN-2000|2026-05-04|2026-05-04||1|39900\n' +
        'TILL-52||2026-05-03|cancel|1|0');
});

test('what dealers got is there unit by unit, and what is left out is told', async () => {
    const report = await imported('dealer_shipments.csv');

    assert.equal(report.format, 'b2b_shipments');
    assert.equal(await database.ledger(), 'shipped 129');
    assert.equal(await database.sql(`SELECT p.model, count(*), min(serial), max(serial), min(lot), min(country), min(channel)
        FROM unit JOIN product AS p ON p.id = product GROUP BY 1 ORDER BY 1`),
                 'GEN-2000|9|GX20A2603000101|GX20A2603000203|2603A|DE|dealer\n' +
                 'TILL-52|20|TL52-26C-00981|TL52-26C-01000|26C|DE|dealer');
    assert.deepEqual(report.warnings.map(({ detail }) => detail), [
        '2 serial numbers are left out before GX20A2603000107, delivery note "LS-0402".',
        '92 serial numbers are left out before GX20A2603000201, delivery note "LS-0402".',
    ]);
});

test('a serial number that was shipped before refuses the file and names both delivery notes', async () => {
    await imported('dealer_shipments.csv');
    const text = readFileSync(sample('formats/dealer_shipments.csv'), 'utf8').split('\r\n');
    const again = file('again.csv', `${text[0]}\r\n20.04.2026;LS-0420;D-03;IT;GEN-2000;;2;GX20A2603000104;GX20A2603000105;;;;;\r\n`);
    const { status, stdout } = database.run('--line', 'machines', again);

    assert.equal(status, 1);
    assert.match(stdout, /^line 2, column "Seriennummer von": serial numbers of the delivery note "LS-0420" were shipped with the delivery note "LS-0311" before$/m);
    assert.equal(await database.ledger(), 'shipped 129');
});

test('without a line an unknown SKU rejects its row, and is told by its column', async () => {
    const rejects = file('rejects.csv', '');
    const { status, stdout } = database.run('--rejects', rejects, sample('formats/fba_returns.tsv'));

    assert.equal(status, 1);
    assert.match(stdout, /^line 2, column "sku": no product has this SKU or model, and no line is named in which to make one$/m);
    assert.equal(readFileSync(rejects, 'utf8').split('\r\n')[1],
                 '2,"sku",unknown_sku,"no product has this SKU or model, and no line is named in which to make one"');
    assert.equal(await database.sql('SELECT count(*) FROM product'), '0');
});

test('a SKU leads to the product that it was told to be', async () => {
    await imported('all_orders.tsv');
    await database.sql(`INSERT INTO product_sku (sku, product) SELECT 'GEN2K-AMZ', id FROM product WHERE model = 'GEN-2000'`);
    const more = file('sku.csv', 'return-date,order-id,sku,quantity,reason\n2026-05-01,301-1,GEN2K-AMZ,1,DEFECTIVE\n' +
        '2026-05-01,301-1,NOBODY,1,DEFECTIVE\n');
    const { status, stdout } = database.run('--skip-rejects', more);

    assert.equal(status, 0, stdout);
    assert.match(stdout, /rows returned +1, 1 units/);
    assert.equal(await database.sql("SELECT ship_day FROM unit_event WHERE class = 'fault'"), '2026-04-10');
    const { rows, units } = await database.report();

    assert.deepEqual([rows.accepted, rows.rejected, units.returned], [1, 1, 1]);
});

test('a line that is not there is refused, so that no slip of the pen makes one', () => {
    const { status, stderr } = database.run('--line', 'machine', sample('formats/fba_returns.tsv'));

    assert.equal(status, 1);
    assert.match(stderr, /There is no product line with the code machine\./);
});

test('a mapped file with a key is restated row by row, and meets the orders of the marketplace', async () => {
    const map = file('rma.json', mapping({
        line: { code: 'machines', name: 'Machines' }, key: ['rma'],
        columns: { product: 'p', quantity: 'q', date: 'd', order: 'o', reason: 'r', refund: 'f' },
        currency: 'EUR', classes: { 'smells odd': 'fault' }, returned: { column: 'rma', starts_with: 'R' },
    }));
    const rma = (...rows) => file('rma.csv', `rma,p,q,d,o,r,f\n${rows.join('\n')}\n`);

    await imported('all_orders.tsv');
    assert.equal(database.import(map, rma('R1,TILL-52,1,2026-05-02,301-2,smells odd,150.00', 'R2,TILL-52,1,2026-05-03,,,')).status, 0);
    assert.equal(await days(), 'GEN-2000|2026-04-10|2026-04-10||1|39900\nGEN-2000|2026-04-13|2026-04-13||1|39900\n' +
        'GEN-2000|2026-05-01|2026-05-01||1|0\nGEN-2000||2026-04-12|cancel|1|0\n' +
        'TILL-52|2026-04-11|2026-04-11||2|45800\nTILL-52|2026-04-11|2026-05-02|fault|1|15000\nTILL-52||2026-05-03|unknown|1|0');
    const { stdout } = database.import(map, rma('R1,TILL-52,2,2026-05-02,301-2,smells odd,150.00'));

    assert.match(stdout, /0 rows new, 1 changed, 0 unchanged/);
    assert.match(await database.ledger(), /fault 2/);
});
