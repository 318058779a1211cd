// The database dies in the middle of the work. What was acknowledged must stay, and nothing may happen twice.

import { strict as assert } from 'node:assert';
import { after, before, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { Cluster, startDaemon } from '../fixture.js';
import { Ledger } from '../support/ledger.js';

const BACK_MS = 5000;
let cluster;
let api;

before(async () => {
    cluster = Cluster.create();
    api = await startDaemon({ from: cluster, settings: { loops: 2 } });
});
after(async () => {
    await api?.stop();
    cluster?.remove();
});

async function survive(cycles, fault) {
    const ledger = new Ledger(api);

    for (let cycle = 0; cycle < cycles; cycle++) {
        await sleep(300);
        await ledger.nextSuccess(BACK_MS);
        await fault();
        await ledger.nextSuccess(BACK_MS);
    }
    const filed = await ledger.settle();

    assert.ok(filed > cycles * 10, `${filed} returns filed`);
    assert.ok(ledger.failures.size > 0, 'the fault was felt');
    console.log(`${filed} filed, longest gap ${Math.round(ledger.longestGap)} ms,`, Object.fromEntries(ledger.failures));
}

test('PostgreSQL is killed three times under eight writers', async () => {
    await survive(3, async () => {
        cluster.crash();
        await sleep(200);
        await cluster.recover();
    });
});

test('PostgreSQL is stopped at once, three times', async () => {
    await survive(3, async () => {
        cluster.stop('immediate');
        await sleep(200);
        cluster.start();
    });
});

test('every connection to the database is cut, ten times', async () => {
    await survive(10, () => cluster.sql('postgres', `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
                                                       WHERE datname = '${api.database}'`));
});

test('whatever statement runs is cancelled, a hundred times in a row', async () => {
    const cancel = `SELECT pg_sleep(0.01); SELECT pg_cancel_backend(pid) FROM pg_stat_activity
                     WHERE datname = '${api.database}' AND state <> 'idle';`;

    await survive(2, () => cluster.sql('postgres', cancel.repeat(50)));
});

test('an outage of three seconds is told as 503, quickly, and is over by itself', async () => {
    cluster.stop('immediate');
    await sleep(200);
    const answers = [];

    for (const end = Date.now() + 3000; Date.now() < end; await sleep(50))
        answers.push(await api.get('/api/v1/products', { agent: false }));
    cluster.start();
    const began = Date.now();

    await api.ready(BACK_MS);
    assert.ok(answers.every(({ status, headers }) => status === 503 && Number(headers['retry-after']) >= 1));
    assert.ok(Math.max(...answers.map(({ ms }) => ms)) < 2500, 'nobody hangs');
    const after = await Promise.all(Array.from({ length: 20 }, () => api.get('/api/v1/products', { agent: false })));

    assert.deepEqual(after.map(({ status }) => status), Array(20).fill(200), 'ready means every loop is');
    console.log(`ready ${Date.now() - began} ms after the database`);
});

test('the daemon that lived through all this is the one that was started, and has no connections left over', async () => {
    const count = Number(await cluster.sql('postgres', `SELECT count(*) FROM pg_stat_activity WHERE datname = '${api.database}'`));

    assert.equal(api.exited, null);
    assert.ok(count <= 2 * (2 + 4 + 1 + 1) + 2, `${count} connections`);
});
