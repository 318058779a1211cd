// The daemon dies, or is asked to end, in the middle of the work.

import { strict as assert } from 'node:assert';
import { after, before, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { assertProblem, exchange, filing, key, startDaemon } from '../fixture.js';
import { Ledger } from '../support/ledger.js';

let api;

before(async () => {
    api = await startDaemon({ settings: { drain_timeout_ms: 3000, write_timeout_ms: 10000, header_timeout_ms: 2000 } });
});
after(() => api?.stop());

test('the daemon is killed five times under eight writers: nothing lost, nothing doubled', async () => {
    const ledger = new Ledger(api);

    for (let cycle = 0; cycle < 5; cycle++) {
        await sleep(300);
        await ledger.nextSuccess(5000);
        await api.kill9();
        await api.restart();
        await ledger.nextSuccess(5000);
    }
    const filed = await ledger.settle();

    assert.ok(filed > 50, `${filed} returns filed`);
    assert.ok(ledger.failures.size > 0, 'the fault was felt');
    console.log(`${filed} filed, longest gap ${Math.round(ledger.longestGap)} ms,`, Object.fromEntries(ledger.failures));
});

test('the daemon is asked to end five times under eight writers: what was begun is finished', async () => {
    const ledger = new Ledger(api);

    for (let cycle = 0; cycle < 5; cycle++) {
        await sleep(300);
        await ledger.nextSuccess(5000);
        await api.stop();
        await api.restart();
    }
    await ledger.settle();
    assert.ok(!ledger.failures.has('outcome_unknown'), 'no outcome is left open');
});

test('a request that is under way when the daemon is asked to end gets its answer', async () => {
    const unlock = await api.cluster.lock(api.database, 'return');
    const sent = filing();
    const waiting = api.post('/api/v1/returns', sent, { agent: false });

    await api.cluster.blocked(api.database);
    const stopped = api.stop();

    await sleep(300);
    const late = await exchange(api.origin, 'GET', '/readyz', { timeout: 1000 }).catch(() => null);

    assert.ok(!late || late.status === 503, 'whoever asks now is sent elsewhere');
    assert.equal(api.exited, null, 'it waits');
    await unlock();
    assert.equal((await waiting).status, 201);
    await stopped;
    assert.equal(api.exited.code, 0);
    assert.equal(await api.sql(`SELECT count(*) FROM return WHERE serial = '${sent.serial}'`), '1');
    await api.restart();
});

test('a request that does not end is given up when the time is over, and the daemon ends', async () => {
    const unlock = await api.cluster.lock(api.database, 'return');
    const waiting = api.post('/api/v1/returns', filing(), { agent: false });

    await api.cluster.blocked(api.database);
    const began = Date.now();

    await api.stop();
    assert.ok(Date.now() - began < 5000, `${Date.now() - began} ms`);
    assert.equal(api.exited.code, 0);
    const answer = await waiting;

    assert.equal(answer.status, 503, answer.text);
    await unlock();
    await api.restart();
});

test('idle connections do not keep the daemon from ending', async () => {
    await Promise.all(Array.from({ length: 20 }, () => api.get('/healthz')));
    const began = Date.now();

    await api.stop();
    assert.ok(Date.now() - began < 2000, `${Date.now() - began} ms`);
    await api.restart();
});

test('clients that leave in the middle of their request do no harm', async () => {
    const unlock = await api.cluster.lock(api.database, 'return');
    const sent = Array.from({ length: 20 }, () => ({ body: filing(), name: key() }));

    await Promise.all(sent.map(({ body, name }) => {
        const text = JSON.stringify(body);

        return api.raw(`POST /api/v1/returns HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nIdempotency-Key: ${name}\r\n`
            + `Content-Length: ${Buffer.byteLength(text)}\r\n\r\n${Buffer.from(text).toString('latin1')}`, { quiet: 150 });
    }));
    await unlock();
    assert.equal((await api.get('/api/v1/products')).status, 200);
    for (const { body, name } of sent) {
        let answer;

        do
            answer = await api.post('/api/v1/returns', body, { key: name });
        while (answer.status === 409);
        assert.equal(answer.status, 201);
        assert.equal(await api.sql(`SELECT count(*) FROM return WHERE serial = '${body.serial}'`), '1');
    }
});

test('a thousand clients that hang up at once leave nothing behind', async () => {
    const connections = async () => Number(/^aftersales_connections (\d+)$/m.exec(
        (await exchange(api.metricsOrigin, 'GET', '/metrics')).bytes.toString())[1]);
    const before = await connections();

    for (let round = 0; round < 10; round++)
        await Promise.all(Array.from({ length: 100 }, () => api.raw('GET /api/v1/pro', { quiet: 1 })));
    // libmicrohttpd may overlook a hang-up right behind some bytes: then the deadline finds it.
    for (const end = Date.now() + 5000; Date.now() < end && await connections() > before;)
        await sleep(50);
    assert.ok(await connections() <= before);
    assert.equal((await api.get('/api/v1/products')).status, 200);
});

test('a table that is locked for three seconds stops nobody who does not need it', async () => {
    const staff = { token: await api.as('manager') };
    const unlock = await api.cluster.lock(api.database, 'line_cohort');
    const report = api.get('/api/v1/analytics/lines', { ...staff, agent: false });
    const times = [];

    for (const end = Date.now() + 3000; Date.now() < end;) {
        const filed = await api.post('/api/v1/returns', filing());

        assert.equal(filed.status, 201);
        times.push(filed.ms);
    }
    await unlock();
    times.sort((a, b) => a - b);
    assert.ok(times[Math.floor(times.length * 0.99)] < 250, `p99 ${times.at(-1)} ms`);
    assert.ok([200, 503].includes((await report).status));
});

test('a session that was open before the daemon died is still good', async () => {
    const token = await api.as('agent');

    await api.kill9();
    await api.restart();
    const answer = await api.get('/api/v1/me', { token });

    assert.equal(answer.status, 200);
    assertProblem(await api.get('/api/v1/me', { token: token.replace(/^./, (c) => (c === 'A' ? 'B' : 'A')) }), 401, 'not_signed_in');
});
