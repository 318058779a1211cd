import { strict as assert } from 'node:assert';
import { createHash } from 'node:crypto';
import { request } from 'node:http';
import { after, before, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { assertFields, assertProblem, key, startDaemon } from '../fixture.js';

const PATH = '/api/v1/sales-imports';
const CSV = { 'content-type': 'text/csv' };
const PIECE = 262144;
let api;
let staff;

before(async () => {
    api = await startDaemon({ settings: { jobs: 0, upload_megabytes: 8, body_timeout_ms: 1500 } }); // nobody reads the files here
    staff = { token: await api.as('manager') };
});
after(() => api?.stop());

const send = (body, { query = '', ...options } = {}) =>
    api.call('POST', `${PATH}${query}`, { ...staff, key: true, headers: CSV, body, ...options });
const hash = (bytes) => createHash('sha256').update(bytes).digest('hex');
/** What is kept of the file of a job. */
const kept = async (job) => (await api.sql(`SELECT count(*), encode(sha256(string_agg(bytes, '' ORDER BY n)), 'hex')
    FROM upload_piece WHERE upload = (SELECT upload FROM job WHERE public_id = '${job}')`)).split('|');
const bytes = (n) => Buffer.from(Array.from({ length: n }, (_, i) => (i * 7 + (i >> 8)) & 255));

test('a file becomes a job, which remembers how the file is to be read', async () => {
    const query = '?file_name=may%20%C3%A9.csv&format=fba_returns&country=DE&date_order=dmy&validate_only=true';
    const { status, headers, body } = await send('a,b\n1,2\n', { query });

    assert.equal(status, 202);
    assert.equal(headers.location, `/api/v1/jobs/${body.id}`);
    assert.equal(headers['retry-after'], '1');
    assert.deepEqual([body.kind, body.state, body.file_name, body.progress], ['import', 'queued', 'may é.csv', { processed: 0, total: 8 }]);
    assert.deepEqual(body.options, {
        file_name: 'may é.csv', format: 'fba_returns', country: 'DE', date_order: 'dmy', validate_only: true,
    });
    assert.deepEqual((await api.get(headers.location, staff)).body, body);
});

test('a file of many pieces is kept byte for byte, whatever is in it', async () => {
    for (const size of [1, PIECE - 1, PIECE, PIECE + 1, 5 * PIECE + 17]) {
        const file = bytes(size);
        const { status, body } = await send(file, { headers: { 'content-type': 'application/octet-stream' } });

        assert.equal(status, 202);
        assert.deepEqual(await kept(body.id), [String(Math.ceil(size / PIECE)), hash(file)], `${size} bytes`);
        assert.equal(body.progress.total, size);
    }
});

test('a file may come in chunks of unknown number', async () => {
    const file = bytes(3 * PIECE + 5);
    const answer = await new Promise((resolve, reject) => {
        const call = request(`${api.origin}${PATH}`, {
            method: 'POST', headers: { ...CSV, authorization: `Bearer ${staff.token}`, 'idempotency-key': key(), 'transfer-encoding': 'chunked' },
        }, (message) => {
            const pieces = [];

            message.on('data', (piece) => pieces.push(piece));
            message.on('end', () => resolve({ status: message.statusCode, body: JSON.parse(Buffer.concat(pieces)) }));
        });

        call.on('error', reject);
        for (let at = 0; at < file.length; at += 10007)
            call.write(file.subarray(at, at + 10007));
        call.end();
    });

    assert.equal(answer.status, 202);
    assert.equal((await kept(answer.body.id))[1], hash(file));
});

test('the same file with the same key again is one job and one answer', async () => {
    const once = key();
    const first = await send('a,b\n', { key: once, query: '?format=fba_returns' });
    const second = await send('a,b\n', { key: once, query: '?format=fba_returns' });

    assert.deepEqual([second.status, second.body], [202, first.body]);
    assert.equal(second.headers['idempotent-replayed'], 'true');
    assertProblem(await send('a,c\n', { key: once, query: '?format=fba_returns' }), 422, 'idempotency_mismatch');
    assertProblem(await send('a,b\n', { key: once, query: '?format=mfn_returns' }), 422, 'idempotency_mismatch');
    assertProblem(await send('a,b\n', { key: null }), 400, 'idempotency_key_missing');
    assert.equal(await api.sql(`SELECT count(*) FROM job WHERE public_id = '${first.body.id}'`), '1');
});

test('what is sent by nobody, from elsewhere or wrongly is refused before it is kept', async () => {
    const before = await api.sql('SELECT count(*) FROM upload_piece');

    assertProblem(await send('a', { token: undefined, agent: false }), 401, 'not_signed_in');
    assertProblem(await send('a', { token: 'A'.repeat(43) }), 401, 'not_signed_in');
    assertProblem(await send('a', { token: await api.as('partner') }), 403, 'forbidden');
    assertProblem(await send('a', { query: '?file=x' }), 400, 'unknown_parameter');
    assertProblem(await send('a', { headers: { 'content-type': 'application/json' }, agent: false }), 415, 'not_a_file');
    assertProblem(await send('a', { headers: { 'content-type': 'multipart/form-data; boundary=x' }, agent: false }), 415, 'not_a_file');
    assert.equal(await api.sql('SELECT count(*) FROM upload_piece'), before);
    assertProblem(await send(''), 422, 'invalid_value');
    assertProblem(await send('a', { query: '?map=Nobody%27s' }), 422, 'unknown_map');
    assertFields(await send('a', { query: '?country=Germany&date_order=ymd&validate_only=1' }),
                 { '?country': 'malformed', '?date_order': 'not_one_of', '?validate_only': 'malformed' });
});

test('a file that is too large is refused at once by its length, and where it passes the limit without one', async () => {
    const declared = await api.raw('POST /api/v1/sales-imports HTTP/1.1\r\nHost: a\r\nContent-Type: text/csv\r\n'
        + `Authorization: Bearer ${staff.token}\r\nIdempotency-Key: ${key()}\r\nContent-Length: 8388609\r\n\r\n`);

    assert.match(declared.bytes.toString(), /^HTTP\/1\.1 413 /);
    const chunk = Buffer.alloc(100000, 'x');
    const parts = Array.from({ length: 84 }, () => [Buffer.from('186a0\r\n'), chunk, Buffer.from('\r\n')]).flat();
    const chunked = await api.raw(Buffer.concat([Buffer.from('POST /api/v1/sales-imports HTTP/1.1\r\nHost: a\r\nContent-Type: text/csv\r\n'
        + `Authorization: Bearer ${staff.token}\r\nIdempotency-Key: ${key()}\r\nTransfer-Encoding: chunked\r\n\r\n`),
                                              ...parts, Buffer.from('0\r\n\r\n')]).toString('latin1'));

    assert.match(chunked.bytes.toString(), /^HTTP\/1\.1 413 /);
});

test('an account that has sent its share has to wait', async () => {
    const small = await startDaemon({ settings: { jobs: 0, upload_quota_megabytes: 1 } });

    try {
        const token = await small.as('agent');
        const post = () => small.call('POST', PATH, { token, key: true, headers: CSV, body: bytes(700000) });

        assert.equal((await post()).status, 202);
        assert.equal((await post()).status, 202, 'the quota is not reached yet');
        const third = await post();

        assertProblem(third, 429, 'quota_exceeded');
        assert.ok(Number(third.headers['retry-after']) > 0);
        assert.equal((await small.call('POST', PATH, { token: await small.as('manager'), key: true, headers: CSV, body: 'a' })).status, 202);
    } finally {
        await small.stop();
    }
});

test('a file that breaks off makes no job, and what came of it is forgotten in time', async () => {
    const jobs = await api.sql('SELECT count(*) FROM job');
    const pieces = Number(await api.sql('SELECT count(*) FROM upload_piece'));
    const call = request(`${api.origin}${PATH}`, {
        method: 'POST', headers: { ...CSV, authorization: `Bearer ${staff.token}`, 'idempotency-key': key(), 'content-length': 3 * PIECE },
    });

    call.on('error', () => {});
    call.write(bytes(2 * PIECE));
    for (const end = Date.now() + 5000; Number(await api.sql('SELECT count(*) FROM upload_piece')) < pieces + 2 && Date.now() < end;)
        await sleep(20);
    call.destroy();
    assert.equal(Number(await api.sql('SELECT count(*) FROM upload_piece')), pieces + 2);
    assert.equal(await api.sql('SELECT count(*) FROM job'), jobs);
    await api.sql(`UPDATE upload_piece AS p SET created_at = now() - interval '25 hours'
        WHERE NOT EXISTS (SELECT FROM job AS j WHERE j.upload = p.upload);
        UPDATE upload_piece SET created_at = now() - interval '2 days' WHERE upload IN (SELECT upload FROM job)`);
    await api.sql(`UPDATE job SET state = 'succeeded', finished_at = now() WHERE id = (SELECT min(id) FROM job)`);
    const done = await api.sql('SELECT upload FROM job WHERE finished_at IS NOT NULL');
    const expire = (await import('node:fs')).readFileSync(new URL('../../sql/query/upload_expire.sql', import.meta.url), 'utf8');

    await api.sql(expire.replace(/^--.*$/gm, ''));
    assert.equal(await api.sql('SELECT count(*) FROM upload_piece AS p WHERE NOT EXISTS (SELECT FROM job AS j WHERE j.upload = p.upload)'), '0');
    assert.equal(await api.sql(`SELECT count(*) FROM upload_piece WHERE upload = '${done}'`), '0');
    assert.notEqual(await api.sql('SELECT count(*) FROM upload_piece'), '0', 'files that wait for a reader are kept');
});

test('who drips a file in is cut off, who sends it slowly is not', async () => {
    const head = (length) => 'POST /api/v1/sales-imports HTTP/1.1\r\nHost: a\r\nContent-Type: text/csv\r\nConnection: close\r\n'
        + `Authorization: Bearer ${staff.token}\r\nIdempotency-Key: ${key()}\r\nContent-Length: ${length}\r\n\r\n`;
    const slow = async (pieces, pause) => {
        const { connect } = await import('node:net');
        const socket = connect(api.port, '127.0.0.1');
        let answer = '';

        socket.on('data', (piece) => {
            answer += piece;
        });
        socket.on('error', () => {});
        const closed = new Promise((done) => socket.on('close', done));

        socket.write(head(pieces * 1000));
        for (let i = 0; i < pieces && !socket.destroyed; i++) {
            socket.write(Buffer.alloc(1000, 'x'));
            await sleep(pause);
        }
        await closed;
        return answer;
    };

    assert.match(await slow(6, 500), /^HTTP\/1\.1 202 /, 'three seconds, but never one and a half without a byte');
    assert.equal(await slow(2, 4000), '', 'silence for longer than a body may take');
});

test('memory stays where it was while files come in', async () => {
    const rss = async () => Number((await import('node:fs')).readFileSync(`/proc/${api.pid}/status`, 'utf8').match(/VmRSS:\s+(\d+)/)[1]);
    const file = bytes(7 << 20);

    await send(file);
    const before = await rss();

    for (let i = 0; i < 5; i++)
        assert.equal((await send(file)).status, 202);
    await Promise.all(Array.from({ length: 4 }, () => send(file, { agent: false })));
    const grown = await rss() - before;

    assert.ok(grown < 8192, `${grown} KB more`);
});

test('without the database no file is acknowledged', async () => {
    const unlock = await api.cluster.lock(api.database, 'upload_piece');
    const file = send(bytes(PIECE + 10));
    const answer = await file;

    await unlock();
    assert.ok([503].includes(answer.status), String(answer.status));
});
