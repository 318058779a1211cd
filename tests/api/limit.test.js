import { strict as assert } from 'node:assert';
import { after, before, test } from 'node:test';
import { assertProblem, startDaemon } from '../fixture.js';

let api;

before(async () => {
    api = await startDaemon({
        settings: { limit_address: 30, limit_token: 20, limit_auth: 5, trusted_proxy: '127.0.0.1' },
    });
});
after(() => api?.stop());

let visitors = 0;

/** A fresh address, so that the tests do not use up each other's quota. */
const visitor = () => ({ headers: { 'x-forwarded-for': `198.51.100.${++visitors}` } });
const repeat = async (times, action) => {
    const answers = [];

    for (let n = 0; n < times; n++)
        answers.push(await action());
    return answers;
};

test('an address without a token gets so many requests a minute, then 429', async () => {
    const who = visitor();
    const answers = await repeat(33, () => api.get('/api/v1/products', who));
    const refused = answers.filter(({ status }) => status === 429);

    assert.ok(answers.slice(0, 30).every(({ status }) => status === 200));
    assert.ok(refused.length >= 1 && refused.length <= 3);
    assertProblem(answers[32], 429, 'quota_exceeded');
});

test('every answer tells the quota and what is left of it', async () => {
    const who = visitor();
    const [first, second] = await repeat(2, () => api.get('/api/v1/products', who));

    assert.equal(first.headers['ratelimit-policy'], '"ip";q=30;w=60');
    const left = [first, second].map(({ headers }) => {
        const [, r, t] = /^"ip";r=(\d+);t=(\d+)$/.exec(headers.ratelimit);

        assert.ok(Number(t) <= 60);
        return Number(r);
    });

    assert.equal(left[0], 29);
    assert.equal(left[1], 28);
    assert.equal(first.headers['x-ratelimit-limit'], undefined);
});

test('Retry-After tells the truth: not before, but then', async () => {
    const who = visitor();

    await repeat(30, () => api.get('/api/v1/products', who));
    const refused = await api.get('/api/v1/products', who);
    const seconds = Number(refused.headers['retry-after']);

    assert.ok(seconds >= 1 && seconds <= 5, `${seconds} s`);
    assert.ok(Number(/t=(\d+)/.exec(refused.headers.ratelimit)[1]) <= seconds);
    await new Promise((done) => setTimeout(done, seconds * 1000 + 100));
    assert.equal((await api.get('/api/v1/products', who)).status, 200);
});

test('one address does not use up the quota of another', async () => {
    const greedy = visitor();

    await repeat(35, () => api.get('/api/v1/products', greedy));
    assert.equal((await api.get('/api/v1/products', visitor())).status, 200);
});

test('a token has a quota of its own, whatever the address', async () => {
    const { token } = await api.file();
    const answers = await repeat(23, () => api.get('/api/v1/me', { token, ...visitor() }));

    assert.ok(answers.slice(0, 20).every(({ status }) => status === 200));
    assertProblem(answers[22], 429, 'quota_exceeded');
    assert.equal(answers[0].headers['ratelimit-policy'], '"token";q=20;w=60');
});

test('guessing passwords is slowed down after a few tries', async () => {
    const who = visitor();
    const guess = () => api.post('/api/v1/sessions', { email: 'max@maker.example', password: 'wrong wrong wrong' },
                                 { key: null, ...who });
    const answers = await repeat(7, guess);

    assert.deepEqual(answers.slice(0, 5).map(({ status }) => status), [401, 401, 401, 401, 401]);
    assertProblem(answers[6], 429, 'quota_exceeded');
    assert.ok(Number(answers[6].headers['retry-after']) > 60);
    assert.ok(answers[6].ms < answers[0].ms / 2, `refused without work: ${answers[6].ms} ms`);
});

test('made-up tokens are charged to the address', async () => {
    const who = visitor();
    const answers = await repeat(33, () => api.get('/api/v1/me', {
        token: Array.from({ length: 43 }, () => 'abcdefghij'[Math.floor(Math.random() * 10)]).join(''), ...who,
    }));

    assert.equal(answers[0].status, 401);
    assert.equal(answers[32].status, 429);
});

test('what a client writes into X-Forwarded-For itself is not believed', async () => {
    const answers = [];

    for (let n = 0; n < 33; n++)
        answers.push(await api.get('/api/v1/products', { headers: { 'x-forwarded-for': `10.0.0.${n}, 203.0.113.7` } }));
    assert.equal(answers[32].status, 429);
});

test('an IPv6 neighbourhood is one address', async () => {
    const answers = [];

    for (let n = 0; n < 33; n++)
        answers.push(await api.get('/api/v1/products', { headers: { 'x-forwarded-for': `2001:db8:1:2::${n + 1}` } }));
    assert.equal(answers[32].status, 429);
    assert.equal((await api.get('/api/v1/products', { headers: { 'x-forwarded-for': '2001:db8:1:3::1' } })).status, 200);
});

test('health is told without a quota', async () => {
    const who = visitor();

    await repeat(35, () => api.get('/api/v1/products', who));
    for (const path of ['/healthz', '/readyz'])
        assert.equal((await api.get(path, who)).status, 200, path);
});

test('an address may say anything, and the service goes on', async () => {
    for (const address of ['', ' ', ',', 'x'.repeat(500), '::', ':::::::::', '1.2.3.4.5', '"; DROP TABLE return; --', '%00'])
        assert.equal((await api.get('/healthz', { headers: { 'x-forwarded-for': address } })).status, 200, address);
});
