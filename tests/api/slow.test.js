// Clients that take their time are cut when it is over, and nobody waits for them.

import { strict as assert } from 'node:assert';
import { connect } from 'node:net';
import { after, before, test } from 'node:test';
import { exchange, replies, startDaemon } from '../fixture.js';

const CLIENTS = 50;
const HEADER_MS = 1500;
const BODY_MS = 2000;
const IDLE_MS = 1000;
const SLACK_MS = 700;
let api;

before(async () => {
    api = await startDaemon({ settings: { header_timeout_ms: HEADER_MS, body_timeout_ms: BODY_MS, idle_timeout_ms: IDLE_MS } });
});
after(() => api?.stop());

/** Open a connection, send `first` at once and `rest` a byte every `pause` ms; ms until it is closed. */
function drip(first, rest, pause = 100) {
    return new Promise((done) => {
        const began = performance.now();
        const socket = connect(api.port, '127.0.0.1');
        let at = 0;
        let seen = '';
        const timer = setInterval(() => socket.writable && socket.write(rest[at++ % rest.length]), pause);
        const finish = () => {
            clearInterval(timer);
            clearTimeout(limit);
            socket.destroy();
            done({ ms: performance.now() - began, seen });
        };
        const limit = setTimeout(finish, 15000);

        socket.on('connect', () => first && socket.write(first));
        socket.on('data', (piece) => {
            seen += piece;
        });
        for (const event of ['end', 'error', 'close'])
            socket.on(event, finish);
    });
}

const POST = 'POST /api/v1/sessions HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n';
/** What they send at once, what byte by byte for ever, and when they must be cut. */
const SHAPES = {
    'nothing at all': ['', [''], HEADER_MS],
    'the request line byte by byte': ['', 'GET /api/v1/products?aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa', HEADER_MS],
    'the header byte by byte': ['GET /healthz HTTP/1.1\r\nHost: a\r\n', 'X-A: b\r\n', HEADER_MS],
    'the body byte by byte': [`${POST}Content-Length: 1000\r\n\r\n`, ' ', BODY_MS],
    'chunks of a byte': [`${POST}Transfer-Encoding: chunked\r\n\r\n`, ['1\r\n \r\n'], BODY_MS],
};

test('who sends byte by byte is cut when the time is over, and an honest client does not notice', async () => {
    let over = false;
    const siege = Promise.all(Object.values(SHAPES).map(([first, rest]) =>
        Promise.all(Array.from({ length: CLIENTS }, () => drip(first, rest))))).finally(() => {
        over = true;
    });
    const honest = [];

    for (; !over; await new Promise((done) => setTimeout(done, 5)))
        honest.push((await api.get('/api/v1/products', { agent: false })).ms);
    const shapes = await siege;

    for (const [index, [name, [, , limit]]] of Object.entries(SHAPES).entries()) {
        const times = shapes[index].map(({ ms }) => ms);

        assert.ok(Math.max(...times) <= limit + SLACK_MS, `${name}: cut after ${Math.max(...times)} ms`);
        assert.ok(Math.min(...times) >= limit - SLACK_MS, `${name}: before the time, after ${Math.min(...times)} ms`);
    }
    honest.sort((a, b) => a - b);
    assert.ok(honest[Math.floor(honest.length * 0.99)] < 250, `p99 of honest clients: ${honest.at(-1)} ms`);
});

test('who says nothing after an answer is let go', async () => {
    const { ms, seen } = await drip('GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n', ['']);

    assert.match(seen, /^HTTP\/1\.1 200 /);
    assert.ok(ms <= IDLE_MS + SLACK_MS && ms >= IDLE_MS - SLACK_MS, `${ms} ms`);
});

test('every request on a connection has its own time', async () => {
    const socket = connect(api.port, '127.0.0.1');
    let seen = '';

    socket.on('data', (piece) => {
        seen += piece;
    });
    for (const byte of 'GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n'.repeat(3)) { // two thirds of the time each
        socket.write(byte);
        await new Promise((done) => setTimeout(done, HEADER_MS / 55));
    }
    await new Promise((done) => setTimeout(done, 100));
    socket.destroy();
    assert.deepEqual(replies(Buffer.from(seen)).found.map(({ status }) => status), [200, 200, 200]);
});

test('those who were cut are counted', async () => {
    const text = (await exchange(api.metricsOrigin, 'GET', '/metrics')).bytes.toString();
    const cut = Number(/^aftersales_connections_cut_total (\d+)$/m.exec(text)[1]);

    assert.ok(cut >= Object.keys(SHAPES).length * CLIENTS, `${cut}`);
});

test('more clients than the limit come and leave together, and the next is served', async () => {
    const small = await startDaemon({ settings: { connection_limit: 30 } });

    try {
        for (let round = 0; round < 3; round++) {
            const sockets = Array.from({ length: 40 }, () => connect(small.port, '127.0.0.1'));

            await Promise.all(sockets.map((socket) => new Promise((done) => socket.once('connect', done))));
            await new Promise((done) => setTimeout(done, 100));
            for (const socket of sockets)
                socket.destroy();
            const answer = await small.get('/healthz', { agent: false });

            assert.equal(answer.status, 200);
            assert.ok(answer.ms < 2000, `${answer.ms} ms`);
        }
    } finally {
        await small.stop();
    }
});
