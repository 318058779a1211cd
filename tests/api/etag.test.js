import { strict as assert } from 'node:assert';
import { after, before, test } from 'node:test';
import { PARTNERS, assertProblem, startDaemon } from '../fixture.js';

let api;
let staff;

before(async () => {
    api = await startDaemon();
    staff = { token: await api.as('agent') };
});
after(() => api?.stop());

test('every answer to a read has a strong ETag, the same for the same bytes', async () => {
    const filed = await api.file();

    for (const path of ['/api/v1/products', '/api/v1/returns', `/api/v1/returns/${filed.id}`, '/api/v1/openapi.json',
                        `/api/v1/partners/${PARTNERS.nord}`, '/api/v1/analytics/lines?from=2020-01&to=2026-01']) {
        const once = await api.get(path, staff);
        const twice = await api.get(path, staff);

        assert.match(once.headers.etag, /^"[\x21\x23-\x7e]+"$/, path);
        if (once.bytes.equals(twice.bytes))
            assert.equal(twice.headers.etag, once.headers.etag, path);
    }
});

test('the ETag of a row is its version', async () => {
    const filed = await api.file();
    const { headers, body } = await api.get(`/api/v1/returns/${filed.id}`, staff);

    assert.equal(headers.etag, `"v${body.row_version}-json"`);
});

test('who has it already gets 304 and no body', async () => {
    const filed = await api.file();

    for (const path of ['/api/v1/products', `/api/v1/returns/${filed.id}`, '/api/v1/returns?limit=5']) {
        const { headers } = await api.get(path, staff);

        for (const list of [headers.etag, `W/${headers.etag}`, `"other", ${headers.etag}`, '*']) {
            const answer = await api.get(path, { ...staff, headers: { 'if-none-match': list } });

            assert.equal(answer.status, 304, `${path} ${list}`);
            assert.equal(answer.bytes.length, 0);
            assert.equal(answer.headers.etag, headers.etag);
            assert.equal(answer.headers['cache-control'], headers['cache-control']);
        }
        const changed = await api.get(path, { ...staff, headers: { 'if-none-match': '"other"' } });

        assert.equal(changed.status, 200);
    }
});

test('a write is answered as it is, whatever tags the caller has', async () => {
    const filed = await api.file({ country: 'IT' });
    const answer = await api.post(`/api/v1/returns/${filed.id}/transitions`, { to: 'approved' }, {
        ...staff, headers: { 'if-match': '"v1-json"', 'if-none-match': '*', 'idempotency-key': `etag-${filed.id}` },
    });

    assert.equal(answer.status, 200);
    assert.equal(answer.body.state, 'approved');
});

test('after a change the old ETag does not hold any more', async () => {
    const filed = await api.file({ country: 'IT' });
    const path = `/api/v1/returns/${filed.id}`;
    const { headers } = await api.get(path, staff);

    await api.move('returns', filed.id, { to: 'approved' }, staff.token);
    const answer = await api.get(path, { ...staff, headers: { 'if-none-match': headers.etag } });

    assert.equal(answer.status, 200);
    assert.notEqual(answer.headers.etag, headers.etag);
});

test('a list changes its ETag when a row in it changes', async () => {
    const filed = await api.file({ country: 'NO' });
    const { headers } = await api.get('/api/v1/returns?country=NO', staff);

    await api.move('returns', filed.id, { to: 'approved' }, staff.token);
    assert.notEqual((await api.get('/api/v1/returns?country=NO', staff)).headers.etag, headers.etag);
});

test('without If-Match nothing is moved', async () => {
    const filed = await api.file({ country: 'IT' });
    const answer = await api.post(`/api/v1/returns/${filed.id}/transitions`, { to: 'approved' }, staff);

    assertProblem(answer, 428, 'if_match_missing');
});

test('who has seen an older version is told, with the present one', async () => {
    const filed = await api.file({ country: 'IT' });
    const path = `/api/v1/returns/${filed.id}`;
    const { headers } = await api.get(path, staff);

    await api.move('returns', filed.id, { to: 'need_info' }, staff.token);
    const answer = await api.post(`${path}/transitions`, { to: 'approved' }, { ...staff, match: headers.etag });

    assertProblem(answer, 412, 'stale');
    assert.equal(answer.headers.etag, (await api.get(path, staff)).headers.etag);
    assert.equal((await api.get(path, staff)).body.state, 'need_info');
});

test('an If-Match that is none of our ETags does not match', async () => {
    const filed = await api.file({ country: 'IT' });

    for (const match of ['"x"', 'v1', '*', 'W/"v1-json"', '"v1"', '"v-1-json"', '"v1-json", "v2-json"',
                         '"v99999999999999999999-json"'])
        assertProblem(await api.post(`/api/v1/returns/${filed.id}/transitions`, { to: 'approved' }, { ...staff, match }),
                      412, 'stale');
});

test('a version of the future does not match', async () => {
    const filed = await api.file({ country: 'IT' });
    const answer = await api.post(`/api/v1/returns/${filed.id}/transitions`, { to: 'approved' },
                                  { ...staff, match: `"v${filed.row_version + 1}-json"` });

    assertProblem(answer, 412, 'stale');
});

test('a signed-in answer is private, a public one may be kept, an error is not', async () => {
    const cached = async (path, options) => (await api.get(path, options)).headers['cache-control'];

    assert.equal(await cached('/api/v1/returns', staff), 'private, no-cache');
    assert.match(await cached('/api/v1/products'), /^public, max-age=\d+/);
    assert.equal(await cached('/api/v1/returns'), 'no-store');
});
