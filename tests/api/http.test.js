import { strict as assert } from 'node:assert';
import { after, before, test } from 'node:test';
import { assertProblem, replies, startDaemon } from '../fixture.js';

let api;

before(async () => {
    api = await startDaemon();
});
after(() => api?.stop());

const UNHAPPY = [['/nothing', 404], ['/api/v1/nothing', 404], ['/api/v1/me', 401], ['/api/v1/products?x=1', 400]];

test('every answer names itself and says how it may be used', async () => {
    for (const [path, status] of [['/api/v1/products', 200], ['/healthz', 200], ...UNHAPPY]) {
        const answer = await api.get(path);
        const { headers } = answer;

        assert.equal(answer.status, status, path);
        assert.match(headers['request-id'], /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/, path);
        assert.equal(headers['x-content-type-options'], 'nosniff', path);
        assert.match(headers['content-security-policy'], /default-src 'none'/, path);
        assert.match(headers['content-security-policy'], /frame-ancestors 'none'/, path);
        assert.equal(headers['cross-origin-resource-policy'], 'same-origin', path);
        assert.equal(headers['referrer-policy'], 'strict-origin-when-cross-origin', path);
        assert.ok(headers['cache-control'], path);
        assert.match(headers.date, /GMT$/, path);
        assert.equal(headers['strict-transport-security'], undefined, 'not over plain http');
    }
});

test('behind https, browsers are told to stay there', async () => {
    const secure = await startDaemon({ settings: { public_origin: 'https://service.example' } });

    try {
        assert.match((await secure.get('/healthz')).headers['strict-transport-security'], /max-age=31536000/);
    } finally {
        await secure.stop();
    }
});

test('no two answers have the same Request-Id', async () => {
    const ids = await Promise.all(Array.from({ length: 50 }, async () => (await api.get('/healthz')).headers['request-id']));

    assert.equal(new Set(ids).size, 50);
});

test('the Request-Id is ours, not the client\'s', async () => {
    const { headers } = await api.get('/healthz', { headers: { 'request-id': 'mine', 'x-request-id': 'mine' } });

    assert.notEqual(headers['request-id'], 'mine');
});

test('errors are problem documents, whatever the client accepts', async () => {
    for (const accept of ['text/html', 'application/json', '*/*', 'image/png', 'nonsense'])
        assertProblem(await api.get('/api/v1/nothing', { headers: { accept } }), 404, 'not_found');
});

test('no answer tells what it is made with', async () => {
    for (const [path] of UNHAPPY) {
        const { headers, text } = await api.get(path);

        assert.equal(headers.server, undefined);
        assert.ok(!/postgres|libpq|microhttpd|select |relation|\.c:\d+/i.test(text), text);
    }
});

test('HEAD is GET without the body', async () => {
    for (const path of ['/api/v1/products', '/healthz', '/api/v1/openapi.json', '/nothing', '/api/v1/me']) {
        const get = await api.get(path);
        const head = await api.call('HEAD', path);

        assert.equal(head.status, get.status, path);
        assert.equal(head.bytes.length, 0);
        assert.equal(head.headers['content-type'], get.headers['content-type']);
        assert.equal(head.headers['content-length'], get.headers['content-length']);
        assert.equal(head.headers.etag, get.headers.etag);
    }
});

test('OPTIONS tells the methods', async () => {
    const allow = async (path) => {
        const answer = await api.call('OPTIONS', path);

        assert.equal(answer.status, 204, path);
        assert.equal(answer.bytes.length, 0);
        return answer.headers.allow.split(/,\s*/).sort();
    };

    assert.deepEqual(await allow('/api/v1/returns'), ['GET', 'HEAD', 'OPTIONS', 'POST']);
    assert.deepEqual(await allow('/api/v1/returns/x/messages'), ['OPTIONS', 'POST']);
    assert.deepEqual(await allow('/api/v1/sessions/current'), ['DELETE', 'OPTIONS']);
    assertProblem(await api.call('OPTIONS', '/nothing'), 404, 'not_found');
});

test('another method is refused, with those that are allowed', async () => {
    for (const [method, path, allowed] of [['DELETE', '/api/v1/products', ['GET', 'HEAD', 'OPTIONS']],
                                           ['PUT', '/api/v1/returns', ['GET', 'HEAD', 'OPTIONS', 'POST']],
                                           ['PATCH', '/api/v1/me', ['GET', 'HEAD', 'OPTIONS']],
                                           ['GET', '/api/v1/sessions', ['OPTIONS', 'POST']],
                                           ['POST', '/healthz', ['GET', 'HEAD', 'OPTIONS']]]) {
        const answer = await api.call(method, path, method === 'GET' ? {} : { body: '{}', agent: false });

        assertProblem(answer, 405, 'method_not_allowed');
        assert.deepEqual(answer.headers.allow.split(/,\s*/).sort(), allowed);
    }
});

test('HEAD of what can only be posted is not allowed', async () => {
    assert.equal((await api.call('HEAD', '/api/v1/sessions')).status, 405);
});

test('a path is what it is: no slash too many, no other case, no extension', async () => {
    for (const path of ['/api/v1/products/', '/api/v1/Products', '/API/v1/products', '/api/v1/products.json', '/api/v1',
                        '/api/v2/products', '/api/v1/products/x/y', '/api/v1/product', '/metrics', '/api'])
        assertProblem(await api.get(path), 404, 'not_found');
});

test('a letter of a path may be escaped', async () => {
    assert.equal((await api.get('/api/v1/%70roducts')).status, 200);
});

test('one connection serves many requests, also after errors', async () => {
    const one = 'GET /api/v1/products HTTP/1.1\r\nHost: a\r\n\r\n';
    const bad = 'GET /api/v1/nothing HTTP/1.1\r\nHost: a\r\n\r\n';
    const { bytes } = await api.raw(one + bad + one + bad + one);

    assert.deepEqual(replies(bytes).found.map(({ status }) => status), [200, 404, 200, 404, 200]);
});

test('Connection: close and HTTP/1.0 end the connection after the answer', async () => {
    for (const head of ['GET /healthz HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n', 'GET /healthz HTTP/1.0\r\n\r\n']) {
        const { bytes, closed } = await api.raw(head, { quiet: 2000 });

        assert.match(bytes.toString(), /^HTTP\/1\.[01] 200 /);
        assert.ok(closed);
    }
});

test('a target that is too long is refused', async () => {
    const { bytes } = await api.raw(`GET /api/v1/products?x=${'a'.repeat(9000)} HTTP/1.1\r\nHost: a\r\n\r\n`);

    assert.match(bytes.toString(), /^HTTP\/1\.1 414 /);
});

test('a header that is too large is refused', async () => {
    const { bytes, closed } = await api.raw(`GET /healthz HTTP/1.1\r\nHost: a\r\nX: ${'a'.repeat(100000)}\r\n\r\n`);

    assert.match(bytes.toString(), /^HTTP\/1\.1 431 /);
    assert.ok(closed);
});

test('a redirect, a cookie or a name cannot smuggle a header', async () => {
    for (const path of ['/%0d%0aSet-Cookie:x=1', '/en/%0d%0aX:1', '/return?x=%0d%0aX:1']) {
        const { headers, text } = await api.get(path);

        assert.equal(headers['set-cookie'], undefined);
        assert.equal(headers.x, undefined, text);
    }
});
