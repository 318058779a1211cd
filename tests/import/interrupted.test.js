// Imports that are killed, meet each other, or are large.

import { strict as assert } from 'node:assert';
import { createWriteStream, readFileSync, writeFileSync } from 'node:fs';
import { once } from 'node:events';
import { before, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { Database, TILLERS, TILLERS_MAP, file, mapping } from './helper.js';

const DEADLINE_MS = 30000;
const LAST_TABLE = 'unit_event'; // that an import writes
const MAP = file('map.json', mapping());

/** Looks every few milliseconds, from within: a query from here for each look would be too slow. */
const WAIT_FOR_ROWS = `DO $$ BEGIN
    FOR look IN 1..10000 LOOP
        EXIT WHEN EXISTS (SELECT FROM pg_stat_activity
                           WHERE datname = current_database() AND query LIKE 'COPY staged_row%');
        PERFORM pg_sleep(0.003), pg_stat_clear_snapshot();
    END LOOP;
END $$`;

let database;
let empty;

before(async () => {
    database = await Database.create();
    empty = await database.content();
});

async function until(what, isSo) {
    for (const end = Date.now() + DEADLINE_MS; Date.now() < end; await sleep(10))
        if (await isSo())
            return;
    assert.fail(`not within ${DEADLINE_MS} ms: ${what}`);
}

const count = async (where) => Number(await database.sql(
    `SELECT count(*) FROM pg_stat_activity WHERE datname = '${database.name}' AND ${where}`));
const alone = () => until('the import\'s connection is closed', async () => await count('pid <> pg_backend_pid()') === 0);

const waitsForTable = (statement) => () =>
    count(`query LIKE '%${statement}%' AND wait_event_type = 'Lock' AND wait_event = 'relation'`);

/** Hold a table against everybody until `work` is done. */
async function holding(from, table, work) {
    const unlock = await from.cluster.lock(from.name, table);

    try {
        await work();
    } finally {
        await unlock();
    }
}

/** Start an import and wait until it has done all but its last step. */
async function startToLastStep() {
    const child = database.start(TILLERS_MAP, TILLERS);

    await until('the import waits for the last table', waitsForTable('import_record'));
    return child;
}

for (const signal of ['SIGKILL', 'SIGINT', 'SIGTERM'])
    test(`an import ended by ${signal} in its last step leaves nothing`, async () => {
        await holding(database, LAST_TABLE, async () => {
            const child = await startToLastStep();

            child.kill(signal);
            assert.equal((await child.ended).signal, signal);
        });
        await alone();
        assert.equal(await database.content(), empty);
    });

test('an import whose connection is lost fails and leaves nothing', async () => {
    await holding(database, LAST_TABLE, async () => {
        const child = await startToLastStep();

        await database.sql(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity
            WHERE datname = '${database.name}' AND query LIKE '%import_record%' AND pid <> pg_backend_pid()`);
        const { code, stderr } = await child.ended;

        assert.equal(code, 1);
        assert.match(stderr, /aftersalesd import: it failed; to run it again is safe\.\n$/);
    });
    await alone();
    assert.equal(await database.content(), empty);
});

test('a large import killed while its rows are under way leaves nothing', async () => {
    const rows = Array.from({ length: 600000 }, (_, i) => `P-${i % 500},1,2025-01-${10 + i % 20}\n`);
    const path = file('killed.csv', `p,q,d\n${rows.join('')}`);
    const underWay = database.sql(WAIT_FOR_ROWS);
    const child = database.start(MAP, path);

    await underWay;
    child.kill('SIGKILL');
    assert.equal((await child.ended).signal, 'SIGKILL');
    await alone();
    assert.equal(await database.content(), empty);
});

test('of two imports of one file at once the second waits, then has nothing to do', async () => {
    let first;
    let second;

    await holding(database, LAST_TABLE, async () => {
        first = await startToLastStep();
        second = database.start(TILLERS_MAP, TILLERS);
        await until('the second waits', () => /^Another import is running: waiting for its end\.\n$/.test(second.said.stderr));
    });
    assert.match((await first.ended).stdout, /Imported as imp_/);
    assert.match((await second.ended).stdout, /Nothing to do: this file was imported/);
    assert.equal(await database.sql('SELECT count(*) FROM sales_import'), '1');
    assert.equal(await database.sql('SELECT sum(sold), sum(returned) FROM rate_month'), '27|2');
});

test('a file that changes between two of its readings is refused', async () => {
    const path = file('changing.csv', 'p,q,d\nA,1,2025-01-01\n');
    const before = await database.content();
    let ended;

    await holding(database, 'sales_import', async () => {
        const child = database.start(MAP, path);

        await until('it was surveyed', waitsForTable('FROM sales_import'));
        writeFileSync(path, 'p,q,d\nA,2,2025-01-01\n');
        ended = child.ended;
    });
    const { code, stderr } = await ended;

    assert.equal(code, 1);
    assert.match(stderr, /The file changed while it was read, so nothing is imported\.\n$/);
    assert.equal(await database.content(), before);
});

/** Write about `megabytes` of rows. */
async function large(megabytes) {
    const path = file(`large${megabytes}.csv`, 'p,q,d,remark\n');
    const out = createWriteStream(path, { flags: 'a' });
    const block = Array.from({ length: 10000 }, (_, i) =>
        `P-${i % 100},1,2025-01-${10 + i % 20},"a remark, quoted, of some length ${'.'.repeat(50)}"\n`).join('');

    for (let written = 0; written < megabytes << 20; written += block.length)
        if (!out.write(block))
            await once(out, 'drain');
    await new Promise((done) => out.end(done));
    return path;
}

/** The most memory an import ever had, in kB, and what it said. */
async function peakOf(path) {
    const child = database.start(MAP, path);
    let peak = 0;

    child.on('exit', () => {
        child.gone = true;
    });
    while (!child.gone) {
        const [, kb] = /VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8')) ?? [];

        peak = Math.max(peak, Number(kb ?? 0));
        await sleep(5);
    }
    const { code, stderr } = await child.ended;

    assert.equal(code, 0, stderr);
    return peak;
}

test('thirty megabytes take no more memory than three', async () => {
    const small = await peakOf(await large(3));
    const big = await peakOf(await large(30));

    assert.ok(small > 1000, `${small} kB cannot be`);
    assert.ok(big < small + 4096, `${big} kB instead of ${small} kB`);
});
