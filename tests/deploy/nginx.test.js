// The proxy with the configuration that is deployed: what it lets through, and what not.

import { strict as assert } from 'node:assert';
import { once } from 'node:events';
import { get as httpGet } from 'node:http';
import { request } from 'node:https';
import { after, before, describe, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { connect } from 'node:net';
import { exchange, filing, key, replies, startDaemon } from '../fixture.js';
import { ONE_ANSWER, REFUSED } from '../support/corpus.js';
import { raw } from '../support/http.js';
import { Nginx } from '../support/nginx.js';

const QUICK = [['10s;', '1s;']]; // nobody waits ten seconds in a test
const PATIENT = [['burst=100', 'burst=10000'], ['burst=10 ', 'burst=10000 '], ['limit_conn connections 50', 'limit_conn connections 1000']];
const HOST = { host: 'service.test' };
let api, gate, corpusGate;

before(async () => {
    api = await startDaemon({ settings: { trusted_proxy: '127.0.0.1', public_origin: 'https://service.test' } });
    gate = await Nginx.start({ upstream: `127.0.0.1:${api.port}`, changes: [...QUICK, ...PATIENT] });
    corpusGate = await Nginx.start({ upstream: `127.0.0.1:${api.port}`, changes: [...QUICK, ...PATIENT], name: 'a' });
});
after(async () => {
    await corpusGate?.stop();
    await gate?.stop();
    await api?.stop();
});

const through = (method, path, options = {}) => exchange(`http://127.0.0.1:${gate.port}`, method, path,
    { ...options, headers: { ...HOST, ...options.headers } });

function assertProblem(answer, status, code) {
    const problem = JSON.parse(answer.bytes);

    assert.equal(answer.status, status);
    assert.equal(answer.headers['content-type'], 'application/problem+json');
    assert.equal(problem.code, code);
    assert.equal(problem.status, status);
    assert.equal(problem.type, `https://service.test/problems/${code}`);
}

test('nginx accepts the configuration', () => {
    const { status, stderr } = gate.check();

    assert.equal(status, 0, stderr);
});

test('a return is filed through the proxy, and answered as without it', async () => {
    const body = JSON.stringify(filing());
    const answer = await through('POST', '/api/v1/returns',
        { body, headers: { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body), 'idempotency-key': key() } });

    assert.equal(answer.status, 201, answer.bytes.toString());
    assert.match(answer.headers.location, /^\/api\/v1\/returns\//);
});

test('a large file passes the proxy as it comes, and its job is watched through it', async () => {
    const token = await api.as('manager');
    const authorization = `Bearer ${token}`;
    const body = Buffer.alloc(3 << 20, 'a,b\n');
    const sent = await through('POST', '/api/v1/sales-imports?file_name=large.csv', {
        body, headers: { authorization, 'content-type': 'text/csv', 'content-length': body.length, 'idempotency-key': key() },
    });

    assert.equal(sent.status, 202, sent.bytes.toString());
    const heard = new Promise((resolve, reject) => {
        httpGet(`http://127.0.0.1:${gate.port}${sent.headers.location}/events`, { headers: { ...HOST, authorization } }, (answer) => {
            answer.once('data', (piece) => {
                answer.destroy();
                resolve(piece.toString());
            });
        }).on('error', reject);
    });

    assert.match(await heard, /event: job\ndata: \{"id":"job_/);
});

test('the log of the proxy names no address and no target', async () => {
    await through('GET', '/api/v1/products?limit=7', { headers: { 'x-forwarded-for': '203.0.113.9' } });
    await sleep(50);
    assert.match(gate.log, /status=200 method=GET .* request=[0-9a-f-]{36}/);
    assert.doesNotMatch(gate.log, /127\.0\.0\.1|203\.0\.113|products/);
});

test('what a client claims to be its address does not reach the daemon', async () => {
    const strict = await startDaemon({ settings: { trusted_proxy: '127.0.0.1', limit_address: 5 } });
    const front = await Nginx.start({ upstream: `127.0.0.1:${strict.port}` });
    const ask = (port, n) => exchange(`http://127.0.0.1:${port}`, 'GET', '/api/v1/products',
        { headers: { ...HOST, 'x-forwarded-for': `203.0.113.${n}` } });
    const statuses = async (port) => {
        const seen = [];

        for (let n = 0; n < 12; n++)
            seen.push((await ask(port, n)).status);
        return seen;
    };

    try {
        assert.ok((await statuses(front.port)).includes(429), 'through the proxy all come from one address');
        assert.ok(!(await statuses(strict.port)).includes(429), 'without it the header is believed');
    } finally {
        await front.stop();
        await strict.stop();
    }
});

test('a body over the limit is refused by the proxy as the daemon would', async () => {
    const body = Buffer.alloc(70000, 'x');
    const answer = await through('POST', '/api/v1/returns', { body, headers: { 'content-length': body.length } });

    assertProblem(answer, 413, 'body_too_large');
});

test('a header over the limit is refused as a problem', async () => {
    assertProblem(await through('GET', '/', { headers: { 'x-long': 'x'.repeat(15000) } }), 431, 'header_too_large');
});

test('a target over the limit is refused', async () => {
    assert.equal((await through('GET', `/${'x'.repeat(15000)}`)).status, 414);
});

test('a name with an underscore does not pass for one with a hyphen', async () => {
    const body = JSON.stringify(filing());
    const answer = await through('POST', '/api/v1/returns',
        { body, headers: { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body), idempotency_key: key() } });

    assert.equal(JSON.parse(answer.bytes).code, 'idempotency_key_missing');
});

test('whoever does not know the name of the service gets nothing', async () => {
    const { bytes, closed } = await raw(gate.port, 'GET / HTTP/1.1\r\nHost: elsewhere.example\r\n\r\n');

    assert.equal(bytes.length, 0);
    assert.ok(closed);
});

test('a header that drips is cut, whatever comes in between', async () => {
    const socket = connect(gate.port, '127.0.0.1');
    const began = performance.now();

    socket.write('GET / HTTP/1.1\r\nHost: service.test\r\n');
    const drip = setInterval(() => socket.write('x: y\r\n'), 100);

    socket.on('error', () => {}); // a reset is an end as good as any
    socket.resume();
    await new Promise((done) => socket.on('close', done));
    clearInterval(drip);
    assert.ok(performance.now() - began < 3000);
});

test('a body that never ends is not handed to the daemon', async () => {
    const lines = () => api.logs.split('\n').filter((line) => line.includes('/api/v1/returns')).length;
    const before = lines();

    await raw(gate.port, 'POST /api/v1/returns HTTP/1.1\r\nHost: service.test\r\nContent-Length: 500\r\n\r\n{"half', { quiet: 2500 });
    assert.equal(lines(), before);
});

// Some of it nginx mends on the way: what the daemon then gets is one request, well formed.
for (const [title, corpus] of [['what must be refused', REFUSED], ['what is strange', ONE_ANSWER]])
    describe(title, { concurrency: 8 }, () => {
        for (const [name, bytes] of corpus)
            test(`${name} gets one answer at most`, async () => {
                const answer = await raw(corpusGate.port, bytes, { quiet: 1500, timeout: 8000 });
                const { found, rest } = replies(answer.bytes);
                const statuses = found.map(({ status }) => status).filter((status) => status >= 200);
                const ancient = /^\s*(\{"type":|<html>)/.test(rest); // to HTTP/0.9: a body only, ours or the library's

                assert.ok(statuses.length + ancient <= 1 && (ancient || !rest.length), `${statuses} ${rest.toString('latin1').slice(0, 400)}`);
            });
    });

test('nothing of all this was taken for a return', async () => {
    assert.equal(await api.sql('SELECT count(*) FROM return'), '1'); // the one above
});

test('over the rate a client is told when to come back', async () => {
    const front = await Nginx.start({ upstream: `127.0.0.1:${api.port}`, changes: [['burst=100', 'burst=3']] });

    try {
        const answers = await Promise.all(Array.from({ length: 12 }, () =>
            exchange(`http://127.0.0.1:${front.port}`, 'GET', '/healthz', { headers: HOST })));
        const refused = answers.filter(({ status }) => status === 429);

        assert.ok(refused.length >= 6 && refused.length < 12, `${refused.length} refused`);
        assertProblem(refused[0], 429, 'quota_exceeded');
        assert.equal(refused[0].headers['retry-after'], '5');
    } finally {
        await front.stop();
    }
});

test('with certificates it speaks TLS, and tells browsers to stay with it', async () => {
    const front = await Nginx.start({ upstream: `127.0.0.1:${api.port}`, tls: true });

    try {
        assert.equal(front.check().status, 0);
        const call = request({ host: '127.0.0.1', port: front.port, path: '/healthz', headers: HOST,
            servername: 'service.test', ca: front.certificate });

        call.end();
        const [answer] = await once(call, 'response');

        answer.resume();
        assert.equal(answer.statusCode, 200);
        assert.match(answer.headers['strict-transport-security'], /^max-age=\d{7,}$/);
        assert.match(call.socket.getProtocol(), /^TLSv1\.[23]$/);
    } finally {
        await front.stop();
    }
});

test('while the daemon is away the proxy says so, and when to try again', async () => {
    await api.stop();
    const answer = await through('GET', '/api/v1/products');

    assertProblem(answer, 503, 'server_busy');
    assert.equal(answer.headers['retry-after'], '1');
    await api.restart();
    assert.equal((await through('GET', '/healthz')).status, 200);
});
