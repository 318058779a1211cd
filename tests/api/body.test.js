// What the service does with bodies that are not what they should be.

import { strict as assert } from 'node:assert';
import { request } from 'node:http';
import { after, before, test } from 'node:test';
import { assertFields, assertProblem, filing, startDaemon } from '../fixture.js';

const PATH = '/api/v1/returns';
let api;

before(async () => {
    api = await startDaemon();
});
after(() => api?.stop());

const send = (body, headers) => api.post(PATH, body, { headers });
const text = (changes) => JSON.stringify(filing(changes));
/** The text of a good filing, with `member` put in front as it stands. */
const withMember = (member) => `{${member},${text().slice(1)}`;

test('what is no JSON is refused', async () => {
    for (const body of ['', ' ', '{', '}', '{"a":1', '{"a":}', "{'a':1}", '{"a":1,}', '{"a":1}x', 'null', '[]', '[{}]', '"text"',
                        '1', 'true', 'NaN', '{"a":NaN}', '{"a":Infinity}', '{"a":01}', '{"a":+1}', '{"a":.5}', '{"a":"\t"}',
                        '{"a":"\\x41"}', '{"a":"\\ud800"}', '{a:1}', '{"a":1}{"b":2}', '// {}\n{}', '\ufeff{}',
                        text().slice(0, -1), `${text()},`]) {
        const answer = await send(body);

        assertProblem(answer, 400, 'malformed_json');
    }
});

test('bytes that are not UTF-8 are refused', async () => {
    const whole = Buffer.from(text());
    const at = whole.indexOf('fresh');

    for (const bad of [[0xff], [0xc3], [0xc0, 0xaf], [0xe0, 0x80, 0xaf], [0xed, 0xa0, 0x80], [0xf4, 0x90, 0x80, 0x80],
                       [0xf8, 0x88, 0x80, 0x80, 0x80]]) {
        const body = Buffer.concat([whole.subarray(0, at), Buffer.from(bad), whole.subarray(at)]);

        assertProblem(await send(body), 400, 'malformed_json');
    }
});

test('NUL is refused, raw or escaped, in values and in names', async () => {
    for (const body of [text().replace('fresh', 'fr\\u0000esh'), text().replace('fresh', 'fr\0esh'),
                        withMember('"a\\u0000b":1'), text().replace('"name"', '"name\\u0000"')])
        assert.equal((await send(body)).status, 400);
});

test('control characters in a text are refused; line breaks and tabs are not', async () => {
    for (const bad of ['\u0001', '\u0008', '\u001b', '\u007f'])
        assertFields(await send(filing({ description: `It does not start${bad} at all.` })),
                     { '/description': 'malformed' });
    assert.equal((await send(filing({ description: 'It does not start.\n\tReally.' }))).status, 201);
});

test('a member that is not known is refused by name', async () => {
    const answer = await send(filing({ state: 'approved', refund: 100 }));

    assertProblem(answer, 400, 'unknown_member');
    assert.deepEqual(answer.body.errors.map(({ pointer }) => pointer).sort(), ['/refund', '/state']);
});

test('a pointer to a strange name is escaped as RFC 6901 says', async () => {
    const answer = await send(filing({ 'a/b~c': 1 }));

    assertProblem(answer, 400, 'unknown_member');
    assert.equal(answer.body.errors[0].pointer, '/a~1b~0c');
});

test('a member given twice is refused, whichever value it has', async () => {
    assertProblem(await send(withMember('"country":"DE"')), 400, 'malformed_json');
    assertProblem(await send(withMember('"\\u0063ountry":"FR"')), 400, 'malformed_json');
});

test('names that mean something to a program are only names', async () => {
    for (const name of ['__proto__', 'constructor', 'toString', '', ' product', 'Product', 'id', 'row_version', 'token'])
        assertProblem(await send(withMember(`${JSON.stringify(name)}:1`)), 400, 'unknown_member');
});

test('a value of the wrong type is named', async () => {
    for (const wrong of [5, 1.5, true, [], {}, ['text'], { text: 1 }])
        assertFields(await send(filing({ description: wrong })), { '/description': 'wrong_type' });
});

test('numbers of any size do no harm', async () => {
    for (const number of ['9223372036854775807', '9223372036854775808', '-9223372036854775809', '1e400', '1e-400', '-0',
                          `1${'0'.repeat(5000)}`, `0.${'1'.repeat(5000)}`, '1e130000']) {
        const { status } = await send(text().replace('"It does not start, not even with fresh fuel."', number));

        assert.ok(status === 400 || status === 422, `${number.slice(0, 30)}: ${status}`);
    }
});

test('deep nesting is refused', async () => {
    for (const depth of [33, 100, 2049, 20000]) {
        const { status, body } = await send(withMember(`"deep":${'['.repeat(depth)}${']'.repeat(depth)}`));

        assert.equal(status, 400, `${depth}`);
        assert.equal(body.code, 'malformed_json');
    }
    assertProblem(await send(withMember(`"deep":${'['.repeat(10)}${']'.repeat(10)}`)), 400, 'unknown_member');
});

test('thousands of members are refused quickly', async () => {
    const many = Array.from({ length: 5000 }, (_, n) => `"m${n}":1`).join(',');
    const answer = await send(`{${many}}`);

    assert.equal(answer.status, 400);
    assert.ok(answer.ms < 1000 && answer.bytes.length < 65536, `${answer.ms} ms, ${answer.bytes.length} bytes`);
});

test('a body over 64 KiB is refused, whether its length is announced or not', async () => {
    const large = text({ description: 'x'.repeat(70000) });

    assertProblem(await api.post(PATH, large, { agent: false }), 413, 'body_too_large');
    assertProblem(await chunked(large), 413, 'body_too_large');
});

/** The same body in chunks; node sends so when no length is given. */
function chunked(body) {
    return new Promise((done, failed) => {
        const call = request(api.origin + PATH, {
            method: 'POST', headers: { 'content-type': 'application/json', 'idempotency-key': 'chunked-body' },
        }, async (answer) => {
            let all = '';

            for await (const piece of answer)
                all += piece;
            done({ status: answer.statusCode, headers: answer.headers, text: all, body: JSON.parse(all) });
        });

        call.on('error', failed);
        for (let at = 0; at < body.length; at += 10000)
            call.write(body.slice(at, at + 10000));
        call.end();
    });
}

test('a chunked body is read like any other', async () => {
    const answer = await chunked(text());

    assert.equal(answer.status, 201, answer.text);
});

test('a body just under the limit is read', async () => {
    const body = text();
    const padded = body + ' '.repeat(65536 - Buffer.byteLength(body));

    assert.equal((await send(padded)).status, 201);
    assertProblem(await api.post(PATH, `${padded} `, { agent: false }), 413, 'body_too_large');
});

test('only application/json is taken', async () => {
    for (const type of ['text/plain', 'application/xml', 'application/jsonx', 'application/json-seq', 'application/problem+json',
                        'json', '', 'multipart/form-data; boundary=x'])
        assertProblem(await send(text(), { 'content-type': type }), 415, 'not_json');
    for (const type of ['application/json', 'application/json; charset=utf-8', 'Application/JSON', 'application/json;x=y'])
        assert.equal((await send(text(), { 'content-type': type })).status, 201, type);
});

test('a body on a request that has none does no harm', async () => {
    const answer = await api.call('GET', '/api/v1/products', { body: '{"a":1}' });

    assert.ok([200, 400, 413].includes(answer.status), `${answer.status}`);
    assert.equal((await api.get('/api/v1/products')).status, 200);
});

test('Expect: 100-continue is answered early, and the request is served', async () => {
    const body = text();
    const { bytes } = await api.raw(
        `POST ${PATH} HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nIdempotency-Key: expectation\r\n`
        + `Expect: 100-continue\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n`);

    assert.match(bytes.toString(), /^HTTP\/1\.1 100 /);
    const refused = await api.raw(
        `POST ${PATH} HTTP/1.1\r\nHost: a\r\nContent-Type: text/plain\r\nIdempotency-Key: expectation\r\n`
        + 'Expect: 100-continue\r\nContent-Length: 5000\r\n\r\n');

    assert.match(refused.bytes.toString(), /^HTTP\/1\.1 4\d\d /, 'a refusal needs no body');
});

test('what looks like SQL is only text', async () => {
    for (const name of ["'; DROP TABLE return; --", '$1', '%s%s%n', '\\', "E'\\047", '{"a":1}', '<script>alert(1)</script>']) {
        const filed = await api.file({ name });

        assert.equal((await api.get(`${PATH}/${filed.id}`, { token: filed.token })).body.name, name);
    }
});

test('letters are taken as they are sent: composed and decomposed', async () => {
    for (const name of ['Zoe\u0301', 'Zo\u00e9', '\u202eevil', '\ud83d\udc68\u200d\ud83d\udc69', 'ا'.repeat(100)]) {
        const answer = await send(filing({ name }));

        assert.ok(answer.status === 201 || answer.status === 422, answer.text);
    }
});
