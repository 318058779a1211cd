// The shared samples, through the command. Their README says which are real; the facts of the
// real ones were published with them, the others were counted by eye.

import { strict as assert } from 'node:assert';
import { existsSync } from 'node:fs';
import { before, test } from 'node:test';
import { Database, SHARED, file, sample, shared } from './helper.js';

const skip = existsSync(SHARED) ? false : `${SHARED} is not there`;

let database;

before(async () => {
    database = await Database.create();
    await database.line('machines');
    await database.sql(`INSERT INTO exchange_rate (currency, valid_from, rate)
        VALUES ('USD', '2010-01-01', 0.9), ('INR', '2010-01-01', 0.012), ('BRL', '2010-01-01', 0.18)`);
});

/** Import a sample; its report. */
async function imported(name, ...options) {
    const line = options.includes('--map') ? [] : ['--line', 'machines'];
    const { status, stdout, stderr } = database.run(...line, ...options, shared(name));

    assert.equal(status, 0, `${name}: ${stdout}${stderr}`);
    return database.report();
}

const codes = (report, column) => Object.fromEntries(report.codes.filter((code) => code.column === column)
    .map(({ code, rows }) => [code, rows]));
const warned = (report) => report.warnings.map(({ code }) => code).sort();

/** The newest import's events, added up. */
const posted = () => database.sql(`SELECT coalesce(class, 'shipped') || ' ' || sum(units) FROM unit_event
    WHERE posting = (SELECT max(id) FROM posting) GROUP BY class HAVING sum(units) <> 0 ORDER BY class NULLS FIRST`);

test('the orders of April on Amazon.in have their published counts', { skip }, async () => {
    const report = await imported('amazon_in_sale_report_apr2022.csv');

    assert.equal(report.rows.read, 5733);
    assert.equal(report.rows.new, 5733);
    assert.equal(report.orders, 5390);
    assert.deepEqual(codes(report, 'Status'), {
        Cancelled: 814, 'Shipped - Delivered to Buyer': 1425, Shipped: 3385, 'Shipped - Returned to Seller': 105,
        'Shipped - Rejected by Buyer': 2, 'Shipped - Lost in Transit': 2,
    });
    assert.equal(report.columns.find(({ name }) => name === 'Amount').blank, 378);
    assert.equal(report.columns.find(({ name }) => name === 'Date').style, 'mm-dd-yyyy');
    assert.deepEqual(report.columns.filter(({ use }) => use === 'unknown').map(({ name }) => name),
                     ['index', 'Style', 'Category', 'Size', 'Unnamed: 22']);
    assert.equal(report.columns.find(({ field }) => field === 'sales_channel').name, 'Sales Channel');
    assert.deepEqual(warned(report), ['cancelled_without_units', 'item_status_differs', 'return_day_assumed',
                                      'ship_day_assumed']);
    // 3,424 of Shipped, 1,427 delivered, 107 returned, 2 rejected, 2 lost; 213 cancelled with a quantity
    assert.equal(report.units.shipped, 4962);
    assert.equal(await posted(), 'shipped 4962\ncancel 213\nlogistics 2\nundeliv 2\nunknown 107');
});

test('the orders of a quarter, whose SKUs their publisher took away, are read by their category', { skip }, async () => {
    const report = await imported('amazon_in_sale_report_q2_2022_mfn.csv.gz', '--map', sample('amazon_in.map.json'));

    assert.equal(report.rows.read, 24055);
    assert.equal(report.file.packed, true);
    assert.equal(report.orders, 22296);
    assert.equal(codes(report, 'Status')['Shipped - Returned to Seller'], 1186);
    assert.equal(codes(report, 'Status')['Shipped - Returning to Seller'], 123);
    // units: 18,019 delivered, 259 shipped, 32 out, 666 picked up; 1,340 back, on their way back or lost
    assert.equal(report.units.shipped, 20316);
    assert.equal(await posted(), 'shipped 20316\ncancel 23\nlogistics 4\nundeliv 6\nunknown 1330');
});

test('the real returns of an apparel shop have their published reasons', { skip }, async () => {
    const report = await imported('amazon_fba_returns_reduced.csv');
    const reasons = codes(report, 'reason');

    assert.equal(report.rows.read, 120);
    assert.equal(report.rows.new, 120, 'equal rows are told apart');
    assert.equal(report.orders, 0);
    assert.deepEqual([reasons.APPAREL_TOO_SMALL, reasons.APPAREL_STYLE, reasons.UNDELIVERABLE_UNKNOWN, reasons.MISORDERED,
                      reasons.NO_REASON_GIVEN], [64, 16, 10, 6, 6]);
    assert.equal(await posted(), 'listing 88\nremorse 18\nundeliv 14');
});

test('the report of all orders is Windows-1252, and its contradiction is told', { skip }, async () => {
    const report = await imported('amazon_all_orders_format.tsv');

    assert.equal(report.encoding, 'Windows-1252');
    assert.deepEqual(warned(report), ['item_status_differs', 'ship_day_assumed']);
    assert.equal(await posted(), 'shipped 3\ncancel 1');
});

test('quotes in the returns of the warehouses are letters', { skip }, async () => {
    const report = await imported('amazon_fba_returns_format.tsv');

    assert.equal(report.quoted, false);
    assert.equal(report.units.returned, 4);
    assert.equal(await posted(), 'fault 1\nlisting 2\nremorse 1\nrestocked 3');
});

test('returns that the seller handles may stop early and have a column more', { skip }, async () => {
    const early = await imported('amazon_mfn_returns_us.tsv');

    assert.deepEqual(codes(early, 'Return Reason'), { 'AMZ-PG-WJ-TOO-SMALL': 1 });
    assert.equal(await posted(), 'listing 2');
    const report = await imported('amazon_mfn_returns_br_33col.tsv');

    assert.equal(report.columns.length, 33);
    assert.equal(await posted(), 'fault 1\nremorse 2');
    assert.equal(await database.sql(`SELECT sum(money_minor) FROM unit_event
        WHERE posting = (SELECT max(id) FROM posting)`), '2880', 'of 160 reais');
});

test('the settlement of version 2 is its total of 1.00', { skip }, async () => {
    const report = await imported('amazon_settlement_v2_format.tsv');

    assert.equal(report.money.reduce((sum, { amount_minor: minor }) => sum + minor, 0), 100);
    assert.equal(await posted(), 'shipped 1\nrefund_only 1');
});

test('the settlement of version 1 is a piece of one, so it is refused', { skip }, () => {
    const { status, stderr } = database.run('--line', 'machines', shared('amazon_settlement_v1_us.tsv'));

    assert.equal(status, 1);
    assert.match(stderr, /add up to 26\.99 USD, and its total is 16630\.13 USD/);
});

test('reimbursements of units that nobody returned are kept, and post nothing', { skip }, async () => {
    const before = await database.sql('SELECT count(*) FROM unit_event');
    const report = await imported('amazon_reimbursements_format.tsv');

    assert.equal(report.rows.new, 3);
    assert.equal(report.money.find(({ description }) => description === 'Reversal_Reimbursement').amount_minor, -21240);
    assert.equal(await database.sql('SELECT count(*) FROM unit_event'), before);
});

test('the orders of a shop keep what is told on their first row only', { skip }, async () => {
    await imported('shopify_orders_format.csv');
    assert.equal(await posted(), 'shipped 2\ncancel 1');
});

test('the shipment list in German has its 98 units', { skip }, async () => {
    const report = await imported('b2b_shipments_template.csv');

    assert.equal(report.encoding, 'UTF-8');
    assert.equal(report.delimiter, ';');
    assert.equal(report.units.shipped, 98);
    assert.equal(await database.sql(`SELECT count(*) FROM unit WHERE channel = 'dealer'`), '98');
    assert.equal(await database.sql(`SELECT money_minor FROM unit_event WHERE country = 'FR' AND lot = '2603A/2604A'`),
                 '3703500');
});

test('a table that is no file of sales is told to be of no known format', { skip }, () => {
    const { status, stderr } = database.run('--line', 'machines', shared('backblaze_model_totals.csv'));

    assert.equal(status, 1);
    assert.match(stderr, /The file has no format that is known; a mapping can say how to read it\./);
});

test('a dry run of a sample reports the same as its import', { skip }, async () => {
    const other = await Database.create();
    const path = shared('amazon_in_sale_report_apr2022.csv');
    const map = file('april.json', { format: 'all_orders', line: { code: 'april', name: 'April' } });
    const dry = other.run('--dry-run', '--map', map, path);

    assert.equal(await other.content(), '');
    const real = other.run('--map', map, path);
    const same = (text) => text.split('\n').slice(0, -2).join('\n');

    assert.equal(same(dry.stdout), same(real.stdout));
});
