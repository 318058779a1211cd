// One shop's files of some weeks, in the order in which they come and in the opposite one. Every
// count here was made with pencil and paper from the files in formats/.

import { strict as assert } from 'node:assert';
import { readFileSync } from 'node:fs';
import { before, test } from 'node:test';
import { Database, file, sample } from './helper.js';

const FILES = ['all_orders.tsv', 'fba_returns.tsv', 'fulfilled_shipments.tsv', 'replacements.tsv', 'mfn_returns.tsv',
               'settlement_v2.tsv', 'reimbursements.tsv', 'reimbursements_reversed.tsv'];
const LINE = ['--line', 'machines'];

/** The cells of the ledger: who, where, shipped, came, what, units, cents. */
const CELLS = `SELECT p.model, e.country, e.channel, e.ship_day, e.event_day, e.class, e.reason, sum(e.units),
        sum(e.money_minor) FROM unit_event AS e JOIN product AS p ON p.id = e.product
    GROUP BY 1, 2, 3, 4, 5, 6, 7 HAVING sum(e.units) <> 0 OR sum(e.money_minor) <> 0 ORDER BY 1, 4, 5, 6 NULLS FIRST`;
const LEDGER = `\
GEN-2000|DE|amazon_fba|2026-04-12|2026-04-12|||1|39900
GEN-2000|DE|amazon_fba|2026-04-12|2026-04-30|fault|DEFECTIVE|1|39900
GEN-2000|DE|amazon_fba|2026-04-15|2026-04-15|||1|39900
GEN-2000|DE|amazon_fba|2026-04-15|2026-05-20|remorse|UNWANTED_ITEM|1|0
GEN-2000|DE|amazon_fba|2026-04-15|2026-05-20|restocked|UNWANTED_ITEM|1|0
GEN-2000|FR|amazon_fba||2026-04-12|cancel||1|0
GEN-2000|ZZ|amazon_fba||2026-05-21|reimbursed|FELL_OFF_THE_SHELF|1|0
GEN-2000|ZZ|amazon_fba||2026-05-21|unknown|FELL_OFF_THE_SHELF|1|0
TILL-52|AT|amazon_mfn|2026-04-11|2026-04-11|||2|45800
TILL-52|AT|amazon_mfn|2026-04-11|2026-04-25|fault|DEFECTIVE|1|23275
TILL-52|AT|amazon_mfn|2026-04-11|2026-05-03|refund_only||1|23275`;

/** What the ledger holds after each of the files. */
const STEPS = [
    'shipped 5\ncancel 1',
    'shipped 5\ncancel 1\nfault 1\nreimbursed 1\nremorse 1\nrestocked 1\nunknown 1',
    'shipped 5\ncancel 1\nfault 1\nreimbursed 1\nremorse 1\nrestocked 1\nunknown 1',
    'shipped 4\ncancel 1\nfault 1\nreimbursed 1\nremorse 1\nrestocked 1\nunknown 1',
    'shipped 4\ncancel 1\nfault 2\nreimbursed 1\nremorse 1\nrestocked 1\nunknown 1',
    'shipped 4\ncancel 1\nfault 2\nrefund_only 1\nreimbursed 1\nremorse 1\nrestocked 1\nunknown 1',
    'shipped 4\ncancel 1\nfault 2\nrefund_only 1\nreimbursed 2\nremorse 1\nrestocked 1\nunknown 1',
    'shipped 4\ncancel 1\nfault 2\nrefund_only 1\nreimbursed 1\nremorse 1\nrestocked 1\nunknown 1',
];

let database;

before(async () => {
    database = await Database.create();
    await database.line('machines');
});

function imported(into, name, ...options) {
    const { status, stdout, stderr } = into.run(...LINE, ...options, sample(`formats/${name}`));

    assert.equal(status, 0, `${name}: ${stdout}${stderr}`);
    return stdout;
}

FILES.forEach((name, step) =>
    test(`after ${name} the ledger holds what the files say until then`, async () => {
        imported(database, name);
        assert.equal(await database.ledger(), STEPS[step]);
    }));

test('each unit is in its cohort, with its money', async () => {
    assert.equal(await database.sql(CELLS), LEDGER);
});

test('the rollups were folded from it', async () => {
    assert.equal(await database.sql(`SELECT month, sum(shipped) FROM line_cohort GROUP BY month
        HAVING sum(shipped) <> 0`), '2026-04-01|4');
    assert.equal(await database.sql(`SELECT class, sum(returned) FROM line_return GROUP BY class HAVING sum(returned) <> 0
        ORDER BY class`), 'fault|2\nrefund_only|1\nremorse|1\nrestocked|1');
});

test('every file again changes nothing', async () => {
    const before = await database.content();

    for (const name of FILES)
        assert.match(imported(database, name), /Nothing to do: this file was imported in this way before, as imp_/);
    assert.equal(await database.content(), before);
});

test('read in another way it says the same, and that is seen row by row', async () => {
    const report = imported(database, 'all_orders.tsv', '--currency', 'EUR');

    assert.match(report, /Imported as imp_\w+: 0 rows new, 0 changed, 6 unchanged\.\n$/);
    assert.match(report, /^warning: This file was imported on ....-..-.. in another way/m);
    assert.equal(await database.sql(CELLS), LEDGER);
});

test('the files in the opposite order come to the same ledger', async () => {
    const other = await Database.create();

    await other.line('machines');
    for (const name of FILES.toReversed())
        imported(other, name);
    assert.equal(await other.sql(CELLS), LEDGER);
});

test('a restated report supersedes its rows, and what they said is kept', async () => {
    const text = readFileSync(sample('formats/fba_returns.tsv'), 'utf8');
    const restated = file('restated.tsv', text.replace('\tDEFECTIVE\tUnit', '\tMISSED_ESTIMATED_DELIVERY\tUnit'));
    const { stdout } = database.run(...LINE, restated);

    assert.match(stdout, /0 rows new, 1 changed, 2 unchanged/);
    assert.match(await database.ledger(), /^fault 1\nlogistics 1$/m);
    assert.equal(await database.sql('SELECT reason, class FROM source_row_history'), 'DEFECTIVE|fault');
});

test('nothing that is personal is in the database, nor an order that could be read', async () => {
    const tables = (await database.sql(`SELECT table_name FROM information_schema.tables
        WHERE table_schema = 'public' AND table_type = 'BASE TABLE'`)).split('\n');
    const everything = await database.sql(tables.map((name) => `SELECT t::text FROM ${name} AS t;`).join('\n'));

    assert.match(everything, /GEN-2000/);
    assert.doesNotMatch(everything, /Example|customer\.example|50667|Köln|läuft|LPNDE|RMA1|\+49 000/);
    assert.doesNotMatch(everything, /301-[0-9]/);
});
