// The program under ThreadSanitizer: everybody at once, then a stop in the middle of it.

import { strict as assert } from 'node:assert';
import { spawn } from 'node:child_process';
import { after, before, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { ACCOUNTS, exchange, startDaemon } from '../fixture.js';

const SECONDS = 12;
let api;

before(async () => {
    api = await startDaemon({ settings: { loops: 3, drain_timeout_ms: 5000 } });
});
after(async () => {
    if (api && !api.exited)
        await api.kill9();
});

/** Do it again and again until the time is over; how often it went well. */
async function again(until, action) {
    let done = 0;

    while (Date.now() < until) {
        await action();
        done++;
    }
    return done;
}

function wrk(path, token) {
    const child = spawn('wrk', ['-t1', '-c16', `-d${SECONDS}s`, '-H', `Authorization: Bearer ${token}`, `${api.origin}${path}`]);
    let said = '';

    child.stdout.on('data', (piece) => said += piece);
    return new Promise((done, failed) => {
        child.on('error', failed);
        child.on('close', () => done(said));
    });
}

/** The reports of the sanitizer, each by its first lines. */
const races = () => api.logs.split('==================').filter((part) => part.includes('WARNING: ThreadSanitizer'));

test('with readers, writers, sign-ins and metrics on three loops there is no data race', async () => {
    const token = await api.as('manager');
    const partner = await api.as('partner');
    const until = Date.now() + SECONDS * 1000;
    const { email, password } = ACCOUNTS.agent;
    const fresh = { agent: false }; // a connection each: all loops get some
    const jobs = {
        file: () => api.file({ country: 'DE' }),
        list: async () => assert.equal((await api.get('/api/v1/returns?limit=20', { token, ...fresh })).status, 200),
        rates: async () => assert.equal((await api.get('/api/v1/analytics/lines', { token, ...fresh })).status, 200),
        tickets: async () => assert.equal((await api.get('/api/v1/tickets', { token: partner, ...fresh })).status, 200),
        page: async () => assert.equal((await api.get('/en/', fresh)).status, 200),
        metrics: async () => assert.equal((await exchange(api.metricsOrigin, 'GET', '/metrics')).status, 200),
        signIn: async () => {
            const answer = await api.post('/api/v1/sessions', { email, password }, { key: null, ...fresh });

            if (answer.status === 201)
                await api.call('DELETE', '/api/v1/sessions/current', { token: answer.body.token, ...fresh });
            else
                assert.ok([429, 503].includes(answer.status), `${answer.status}`);
        },
    };
    const load = [wrk('/api/v1/products', token), wrk('/api/v1/returns?limit=20', token)];
    const counts = await Promise.all(Object.values(jobs).map((job) => again(until, job)));

    for (const said of await Promise.all(load))
        assert.match(said, /Requests\/sec: +[1-9]/, said);
    Object.keys(jobs).forEach((name, n) => assert.ok(counts[n] > 0, `${name} was done`));
    assert.deepEqual(races(), []);
});

test('stopped under load it answers what it began, and ends clean', async () => {
    let stopping = false;
    const file = async () => {
        while (!stopping)
            await api.file();
    };
    const work = Array.from({ length: 8 }, () => file().catch(() => {})); // refused once it stops

    await sleep(1000);
    stopping = true;
    await api.stop(); // throws unless the exit status is 0, which a race makes 66
    await Promise.all(work);
    assert.deepEqual(races(), []);
});
