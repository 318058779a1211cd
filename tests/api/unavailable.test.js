// The database is slow, locked, full of work, or gone: 503, and nothing worse.

import { strict as assert } from 'node:assert';
import { after, before, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { Cluster, assertProblem, filing, key, startDaemon } from '../fixture.js';

let cluster;
let api;
let staff;

before(async () => {
    cluster = Cluster.create();
    api = await startDaemon({ from: cluster, settings: { database_queue: 16, write_timeout_ms: 1000, read_timeout_ms: 1000 } });
    staff = { token: await api.as('agent') };
});
after(async () => {
    await api?.stop();
    cluster?.remove();
});

const assertUnavailable = (answer, code = answer.body.code) => {
    assertProblem(answer, 503, code);
    assert.ok(Number(answer.headers['retry-after']) >= 1, 'Retry-After');
};

test('a locked table makes its requests 503 in time, and leaves the others alone', async () => {
    const unlock = await cluster.lock(api.database, 'return');
    const filed = api.post('/api/v1/returns', filing());
    const times = [];

    for (let n = 0; n < 20; n++)
        times.push((await api.get('/api/v1/products')).ms);
    const answer = await filed;

    await unlock();
    assertUnavailable(answer);
    assert.ok(answer.ms < 2500, `${answer.ms} ms`);
    assert.ok(times.sort((a, b) => a - b)[10] < 100, `products: median ${times[10]} ms`);
    assert.equal((await api.post('/api/v1/returns', filing())).status, 201, 'and it works again');
});

test('when too many wait, the next is told to come back, at once', async () => {
    const unlock = await cluster.lock(api.database, 'return');
    const waiting = Array.from({ length: 60 }, () => api.post('/api/v1/returns', filing(), { agent: false }));
    const answers = await Promise.all(waiting);

    await unlock();
    const busy = answers.filter(({ body }) => body.code === 'server_busy');

    assert.ok(busy.length >= 1 && answers.every(({ status }) => status === 503));
    for (const answer of busy)
        assertUnavailable(answer, 'server_busy');
    assert.ok(busy.some(({ ms }) => ms < 500), `at once: ${busy.map(({ ms }) => Math.round(ms))}`);
    assert.equal((await api.post('/api/v1/returns', filing())).status, 201);
});

test('a connection that dies under a write leaves the outcome unknown, and the key decides', async () => {
    const unlock = await cluster.lock(api.database, 'return');
    const sent = filing();
    const name = key();
    const waiting = api.post('/api/v1/returns', sent, { key: name });

    await cluster.blocked(api.database);
    await cluster.sql(api.database, `SELECT pg_terminate_backend(pid) FROM pg_locks
                                      WHERE NOT granted AND relation = 'return'::regclass`);
    const answer = await waiting;

    await unlock();
    assertUnavailable(answer, 'outcome_unknown');
    let again;

    do
        again = await api.post('/api/v1/returns', sent, { key: name });
    while (again.status === 503);
    assert.equal(again.status, 201);
    assert.equal(await api.sql(`SELECT count(*) FROM return WHERE serial = '${sent.serial}'`), '1');
});

test('without the database every request is answered 503, and health still 200', async () => {
    cluster.stop('immediate');
    assert.equal((await api.get('/healthz')).status, 200);
    await sleep(300);
    assertUnavailable(await api.get('/readyz'));
    for (const path of ['/api/v1/products', '/api/v1/returns', '/api/v1/analytics/lines'])
        assertUnavailable(await api.get(path, staff), 'database_unavailable');
    assertUnavailable(await api.post('/api/v1/returns', filing()), 'database_unavailable');
    assertUnavailable(await api.post('/api/v1/sessions', { email: 'a@b.example', password: 'x' }, { key: null }));
});

test('no answer tells anything about the database', async () => {
    const { text } = await api.get('/api/v1/products');

    assert.ok(!/postgres|socket|connection to server|libpq|\/tmp/i.test(text), text);
});

test('when the database is back, so is the service, by itself and within seconds', async () => {
    cluster.start();
    await api.ready(5000);
    assert.equal((await api.get('/api/v1/products')).status, 200);
    assert.equal((await api.post('/api/v1/returns', filing())).status, 201);
    assert.equal((await api.get('/api/v1/returns', staff)).status, 200, 'the session is still good');
});
