// make bench-import: how fast an import is, beside psql's \copy of what it writes: of a report of all
// orders, whose rows are kept, and of a mapped file, whose rows are only added up.

import { spawnSync } from 'node:child_process';
import { createWriteStream, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { once } from 'node:events';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { command, freshDatabase, testCluster } from '../fixture.js';
import { median } from './measure.js';
import { saveSection } from './page.js';
import { digits, origin, table } from './report.js';
import { settings } from './settings.js';

const ROWS = settings.importRows;
const GOAL = 0.7;
const folder = mkdtempSync(join(tmpdir(), 'aftersales-speed-'));
const cluster = testCluster();
const at = (name) => join(folder, name);

process.on('exit', () => rmSync(folder, { recursive: true, force: true }));

/** A report of all orders: 300 SKUs, a year, 2 % of the orders returned by their status. */
async function orders(path) {
    const out = createWriteStream(path);

    out.write('amazon-order-id\tpurchase-date\tlast-updated-date\torder-status\tfulfillment-channel\tsales-channel\t' +
        'ship-service-level\tproduct-name\tsku\tasin\titem-status\tquantity\tcurrency\titem-price\tship-country\n');
    for (let i = 0; i < ROWS; i++) {
        const day = new Date(Date.UTC(2025, 0, 1 + i % 365, 9, i % 60)).toISOString().replace('.000Z', '+00:00');
        const status = i % 50 ? 'Shipped' : 'Shipped - Returned to Seller';

        if (!out.write(`${100 + i % 800}-${1000000 + i}-${i * 7 % 1000000}\t${day}\t${day}\t${status}\tAmazon\tAmazon.de\t` +
            `Standard\tGenerator of ${i % 300}0 W, with a name as long as they are\tGEN-${i % 300}\tB0${i % 300}\tShipped\t1\t` +
            `EUR\t${100 + i % 300}.99\t${['DE', 'AT', 'FR'][i % 3]}\n`))
            await once(out, 'drain');
    }
    await new Promise((done) => out.end(done));
}

/** A mapped file: 300 products, 30 days. */
async function sales(path) {
    const out = createWriteStream(path);

    out.write('p,q,d,remark\n');
    for (let i = 0; i < ROWS; i++)
        if (!out.write(`P-${i % 300},${1 + i % 3},2025-01-${String(1 + i % 30).padStart(2, '0')},"a remark, as long as they are"\n`))
            await once(out, 'drain');
    await new Promise((done) => out.end(done));
}

/** Run a script of psql in one session. */
function psql(name, ...lines) {
    const done = spawnSync('psql', ['-XAtq', '-v', 'ON_ERROR_STOP=1', '-d', cluster.url(name)],
                           { encoding: 'utf8', input: `${lines.join('\n')}\n` });

    if (done.status)
        throw new Error(done.stderr);
}

async function fresh() {
    const name = await freshDatabase('empty');

    psql(name, "INSERT INTO product_line (public_id, code, name) VALUES ('lin_00000000000000000000000001', 'speed', 'Speed');");
    return name;
}

const importInto = (name) => command(['import', '--line', 'speed', at('orders.tsv')], { database_url: cluster.url(name) });
const importMapped = (name) => command(['import', '--map', at('map.json'), at('sales.csv')], { database_url: cluster.url(name) });
const MAP = { line: { code: 'speed', name: 'Speed' }, columns: { product: 'p', quantity: 'q', date: 'd' },
              date_format: '%Y-%m-%d', country: { constant: 'DE' } };
const TABLES = ['product', 'sales_import', 'source_row', 'posting', 'unit_event'];
const STAGED = 'key, hash, own, kind, country, channel, lot, shipped_on, came_on, class, reason, units, money_minor, ' +
    'currency, rank, restocked, reimbursed';

/**
 * What an import of the file writes, as text: what \copy has to read. The rows in no order, as a file has
 * them: by their keys, as they were written, an index is filled faster.
 */
async function dump() {
    const name = await fresh();

    importInto(name);
    psql(name, ...TABLES.map((table) => `\\copy (SELECT * FROM ${table}${table === 'source_row' ? ' ORDER BY hash' : ''}) TO '${at(table)}'`),
         `\\copy (SELECT ${STAGED} FROM source_row) TO '${at('staged')}'`);
}

const RUNS = {
    'orders: import': importInto,
    'orders: \\copy into the same tables': (name) => psql(name, 'BEGIN;', ...TABLES.map((table) => `\\copy ${table} FROM '${at(table)}'`),
                                                          'COMMIT;'),
    'orders: \\copy into staging': (name) => psql(name, 'BEGIN;', 'SELECT import_stage();',
                                                  `\\copy staged_row (${STAGED}) FROM '${at('staged')}'`, 'COMMIT;'),
    'mapped: import': importMapped,
    'mapped: \\copy into a table of its columns': (name) => psql(name,
        'CREATE TABLE sale (product text, quantity integer, day date, remark text);',
        `\\copy sale FROM '${at('sales.csv')}' (FORMAT csv, HEADER)`),
};
const RATIOS = [
    ['orders: import', 'orders: \\copy into the same tables'],
    ['mapped: import', 'mapped: \\copy into a table of its columns'],
];

/** Seconds of every run, round by round; each has a fresh database, and they take turns. */
async function rounds() {
    const taken = Object.fromEntries(Object.keys(RUNS).map((name) => [name, []]));

    for (let round = 0; round < settings.rounds; round++) {
        for (const [name, run] of Object.entries(RUNS)) {
            const database = await fresh();
            const began = performance.now();

            run(database);
            taken[name].push((performance.now() - began) / 1000);
            await cluster.sql('postgres', `DROP DATABASE ${database}`);
        }
        console.log(`round ${round + 1} of ${settings.rounds}: ${Object.entries(taken).map(([name, seconds]) =>
            `${name} ${seconds.at(-1).toFixed(2)} s`).join(', ')}`);
    }
    return taken;
}

const pace = (seconds) => Math.round(ROWS / median(seconds));

function ratioRow(taken, [ours, theirs]) {
    const ratios = taken[theirs].map((seconds, round) => seconds / taken[ours][round]);
    const ratio = median(ratios);

    return [`${ours} / ${theirs.split(': ')[1]}`, digits(ratio, 2), `${digits(Math.min(...ratios), 2)} to ${digits(Math.max(...ratios), 2)}`,
            `≥ ${GOAL}`, ratio >= GOAL ? 'met' : 'short'];
}

const markdown = (taken, load) => `# Imports

${settings.note ? `${settings.note}\n\n` : ''}Written by \`make bench-import\`. An import surveys the file, validates each row, finds products, compares with what is known and
folds the rollups; \`\\copy\` does none of that. Ratios are medians of the ratios of each round, in which all runs take turns.

${[...origin(), `Load average before it ${load[0].toFixed(1)}; ${settings.rounds} rounds of ${ROWS} rows.`].map((line) => `- ${line}`).join('\n')}

## Ratios

${table(['ratio', 'median', 'lowest to highest', 'goal', ''], RATIOS.map((pair) => ratioRow(taken, pair)))}

## Paces

${table(['run', 'median s', 'rows/s'], Object.entries(taken).map(([name, seconds]) => [name, digits(median(seconds), 2), pace(seconds)]))}
`;

const load = loadavg();

await orders(at('orders.tsv'));
await sales(at('sales.csv'));
writeFileSync(at('map.json'), JSON.stringify(MAP));
await dump();
const page = markdown(await rounds(), load);

console.log(`\n${page}`);
if (settings.save)
    saveSection(page);
