// Small things that the pages rely on.

import { strict as assert } from 'node:assert';
import { webcrypto } from 'node:crypto';
import { test } from 'node:test';
import './dom.js';
import { Problem, call, explain, formKey, newKey } from '../../../static/js/core/api.js';
import { dialCode, foldPhone } from '../../../static/js/core/countries.js';
import { draft } from '../../../static/js/core/draft.js';

globalThis.crypto ??= webcrypto; // Node 18, of Debian 12, has no such global

const answer = (status, body, headers = {}) => new Response(body === null ? null : JSON.stringify(body), { status, headers });

/** Let fetch() give these answers in turn; returns the requests it got. */
function network(...answers) {
    const requests = [];

    globalThis.fetch = async (path, options) => {
        const next = answers.shift();

        requests.push({ path, ...options });
        if (next instanceof Error)
            throw next;
        return next;
    };
    return requests;
}

test('keys are 32 hexadecimal digits and never the same', () => {
    assert.match(newKey(), /^[0-9a-f]{32}$/);
    assert.notEqual(newKey(), newKey());
});

test('a form keeps its key while the same is sent again', () => {
    const key = formKey();
    const first = key.of({ a: 1 });

    assert.equal(key.of({ a: 1 }), first);
    assert.notEqual(key.of({ a: 2 }), first);
});

test('after an answer the next thing sent is something new', () => {
    const key = formKey();
    const first = key.of({ a: 1 });

    key.answered();
    assert.notEqual(key.of({ a: 1 }), first);
});

test('a key survives in a draft', () => {
    const key = formKey();
    const first = key.of({ a: 1 });

    assert.equal(formKey(JSON.parse(JSON.stringify(key.memory))).of({ a: 1 }), first);
});

test('a request whose answer was lost is sent again with the same key', async () => {
    const requests = network(new TypeError('network'), answer(201, { id: 'x' }, { ETag: '"v1-json"' }));
    const { data, etag, status } = await call('POST', '/p', { body: { a: 1 }, key: 'k1' });

    assert.deepEqual([data, etag, status], [{ id: 'x' }, '"v1-json"', 201]);
    assert.deepEqual(requests.map(({ headers }) => headers['Idempotency-Key']), ['k1', 'k1']);
    assert.equal(requests[0].body, '{"a":1}');
});

test('a change without a key is never sent twice', async () => {
    const requests = network(new TypeError('network'), answer(201, {}));

    await assert.rejects(call('POST', '/p', { body: {} }), (problem) => problem.kind === 'offline');
    assert.equal(requests.length, 1);
});

test('a refusal is not tried again, and says why', async () => {
    const requests = network(answer(422, { code: 'invalid_fields', title: 'No.', errors: [{ pointer: '/a', code: 'missing' }] }));

    await assert.rejects(call('POST', '/p', { body: {}, key: 'k' }), (problem) => {
        assert.equal(problem.kind, '');
        assert.equal(problem.code, 'invalid_fields');
        assert.equal(problem.errors[0].pointer, '/a');
        assert.equal(explain(problem, (key) => key), 'No.');
        return true;
    });
    assert.equal(requests.length, 1);
});

test('a token travels without the session cookie', async () => {
    const requests = network(answer(200, {}), answer(200, {}));

    await call('GET', '/p', { token: 't' });
    await call('GET', '/p');
    assert.equal(requests[0].headers.Authorization, 'Bearer t');
    assert.equal(requests[0].credentials, 'omit');
    assert.equal(requests[1].credentials, 'same-origin');
});

test('our faults come with the number of the request', () => {
    const problem = new Problem(500, {}, new Headers({ 'Request-Id': 'r-1' }));

    assert.equal(problem.kind, 'failed');
    assert.equal(explain(problem, (key, { id } = {}) => (id ? `${key}=${id}` : key)), 'common.js.failed common.js.requestId=r-1');
});

test('telephone numbers are folded to E.164', () => {
    assert.equal(foldPhone('0049 (30) 12-34'), '+49301234');
    assert.equal(foldPhone('+49 30/12.34'), '+49301234');
    assert.equal(foldPhone('030 1234'), '0301234');
    assert.deepEqual(['DE', 'CN', 'US', 'XX'].map(dialCode), ['+49', '+86', '+1', undefined]);
});

test('a draft lasts a week and does without storage', () => {
    const items = new Map();
    const storage = { getItem: (name) => items.get(name) ?? null, setItem: (name, value) => items.set(name, value), removeItem: (name) => items.delete(name) };
    const kept = draft('d', () => storage);

    assert.equal(kept.read(), null);
    kept.write({ a: 1 });
    assert.deepEqual(kept.read(), { a: 1 });
    items.set('d', JSON.stringify({ at: Date.now() - 8 * 86400000, value: { a: 1 } }));
    assert.equal(kept.read(), null);
    kept.write(1);
    kept.forget();
    assert.equal(kept.read(), null);
    const none = draft('d', () => { throw new Error('denied'); });

    none.write(1);
    none.forget();
    assert.equal(none.read(), null);
});
