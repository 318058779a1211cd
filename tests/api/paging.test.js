import { strict as assert } from 'node:assert';
import { after, before, test } from 'node:test';
import { assertFields, assertProblem, startDaemon } from '../fixture.js';

let api;
let staff;

before(async () => {
    api = await startDaemon();
    staff = { token: await api.as('agent') };
    // 25 returns that were filed in the very same microsecond, and 5 others.
    for (let n = 0; n < 30; n++)
        await api.file({ country: 'IT' });
    await api.sql(`UPDATE return SET created_at = '2026-06-01 12:00:00.123456+00'
                    WHERE id IN (SELECT id FROM return ORDER BY id LIMIT 25)`);
});
after(() => api?.stop());

/** Follow `next` from page to page; the ids of all. `between` runs after each page. */
async function walk(path, between = async () => {}) {
    const ids = [];

    for (let next = path, pages = 0; next; pages++) {
        assert.ok(pages < 200, 'the list does not end');
        const { status, body, text } = await api.get(next, staff);

        assert.equal(status, 200, text);
        ids.push(...body.items.map(({ id }) => id));
        ({ page: { next } } = body);
        await between(pages);
    }
    return ids;
}

const LISTS = ['/api/v1/returns', '/api/v1/products', '/api/v1/product-lines', '/api/v1/units', '/api/v1/partners',
               '/api/v1/registrations', '/api/v1/tickets', '/api/v1/sales-imports'];

test('a page has 25 rows unless the caller wants another number', async () => {
    const usual = await api.get('/api/v1/returns', staff);
    const three = await api.get('/api/v1/returns?limit=3', staff);

    assert.deepEqual([usual.body.items.length, usual.body.page.limit], [25, 25]);
    assert.deepEqual([three.body.items.length, three.body.page.limit], [3, 3]);
});

test('more than 100 rows are not given, and asking for more is no error', async () => {
    await api.sql(`INSERT INTO unit (public_id, product, serial)
                   SELECT 'unt_' || lpad('9' || n, 26, '0'), 1, 'P' || lpad(n::text, 5, '0') FROM generate_series(1, 120) AS n`);
    for (const limit of ['101', '100000', '99999999999999999999']) {
        const { body } = await api.get(`/api/v1/units?limit=${limit}`, staff);

        assert.deepEqual([body.items.length, body.page.limit], [100, 100], limit);
    }
});

test('a limit that is no positive number is refused', async () => {
    for (const limit of ['0', '-1', 'ten', '', '1e2', '2.5', '0x10', '+5'])
        assert.ok([400, 422].includes((await api.get(`/api/v1/returns?limit=${limit}`, staff)).status), limit);
});

test('every list can be walked in pages of every size, missing and repeating nothing', async () => {
    for (const list of LISTS) {
        const whole = await walk(`${list}?limit=100`);

        assert.equal(new Set(whole).size, whole.length, `${list} repeats`);
        for (const limit of [1, 2, 7].filter((size) => whole.length / size < 100))
            assert.deepEqual(await walk(`${list}?limit=${limit}`), whole, `${list} by ${limit}`);
    }
});

test('events are walked in pages as well', async () => {
    const filed = await api.file({ country: 'DE' });
    const path = `/api/v1/returns/${filed.id}/events`;

    for (let n = 0; n < 5; n++)
        await api.post(`/api/v1/returns/${filed.id}/messages`, { note: `Number ${n}.` }, staff);
    const whole = await walk(`${path}?limit=100`);

    assert.equal(whole.length, 7);
    assert.deepEqual(await walk(`${path}?limit=2`), whole);
});

test('rows of the same moment are neither lost nor repeated', async () => {
    const ids = await walk('/api/v1/returns?limit=4');

    assert.equal(ids.length, 31);
    assert.equal(new Set(ids).size, 31);
});

test('rows that come in while somebody reads do not shift the pages', async () => {
    const before = await walk('/api/v1/returns?limit=100');
    const during = await walk('/api/v1/returns?limit=5', () => api.file({ country: 'IT' }));

    assert.deepEqual(during.filter((id) => before.includes(id)), before);
    assert.equal(new Set(during).size, during.length);
});

test('the next page stands in the Link header too, and keeps the filters', async () => {
    const { body, headers } = await api.get('/api/v1/returns?country=IT&limit=2', staff);
    const next = new URL(body.page.next, api.origin);

    assert.ok(body.page.next.startsWith('/api/v1/returns?'), body.page.next);
    assert.equal(headers.link, `<${body.page.next}>; rel="next"`);
    assert.deepEqual([next.searchParams.get('country'), next.searchParams.get('limit')], ['IT', '2']);
});

test('the last page has no next and no Link', async () => {
    const { body, headers } = await api.get('/api/v1/partners', staff);

    assert.equal(body.page.next, null);
    assert.equal(headers.link, undefined);
});

test('a page that is exactly full has no next page', async () => {
    const { body } = await api.get('/api/v1/partners?limit=3', staff);

    assert.deepEqual([body.items.length, body.page.next], [3, null]);
});

test('a filter can match nothing', async () => {
    const { body } = await api.get('/api/v1/returns?country=ZZ', staff);

    assert.deepEqual(body, { items: [], page: { next: null, limit: 25 } });
});

test('a cursor that was tampered with is refused', async () => {
    const { body } = await api.get('/api/v1/returns?limit=2', staff);
    const cursor = new URL(body.page.next, api.origin).searchParams.get('cursor');
    const flipped = [...cursor].map((_, at) =>
        cursor.slice(0, at) + (cursor[at] === 'A' ? 'B' : 'A') + cursor.slice(at + 1));

    for (const bad of [...flipped, cursor.slice(1), cursor.slice(0, -1), `${cursor}A`, 'x', '%00', 'A'.repeat(2000)])
        assert.equal((await api.get(`/api/v1/returns?limit=2&cursor=${bad}`, staff)).status, 400, bad);
    assertProblem(await api.get(`/api/v1/returns?limit=2&cursor=${flipped[3]}`, staff), 400, 'cursor_mismatch');
});

test('a cursor of another list or another filter is refused', async () => {
    const { body } = await api.get('/api/v1/returns?limit=2&country=IT', staff);
    const cursor = new URL(body.page.next, api.origin).searchParams.get('cursor');

    for (const path of ['/api/v1/registrations?limit=2', '/api/v1/tickets?limit=2', '/api/v1/returns?limit=2',
                        '/api/v1/returns?limit=2&country=DE', '/api/v1/returns?limit=2&country=IT&state=submitted'])
        assertProblem(await api.get(`${path}&cursor=${cursor}`, staff), 400, 'cursor_mismatch');
});

test('a cursor does not let one return\'s customer read another\'s events', async () => {
    const mine = await api.file({ country: 'DE' });
    const other = await api.file({ country: 'DE' });
    const { body } = await api.get(`/api/v1/returns/${other.id}/events?limit=1`, { token: other.token });
    const cursor = new URL(body.page.next, api.origin).searchParams.get('cursor');

    assertProblem(await api.get(`/api/v1/returns/${mine.id}/events?limit=1&cursor=${cursor}`, { token: mine.token }),
                  400, 'cursor_mismatch');
});

test('the page size may change on the way', async () => {
    const whole = await walk('/api/v1/returns?limit=100');
    const { body } = await api.get('/api/v1/returns?limit=2', staff);
    const cursor = new URL(body.page.next, api.origin).searchParams.get('cursor');
    const rest = await walk(`/api/v1/returns?limit=50&cursor=${cursor}`);

    assert.deepEqual([...body.items.map(({ id }) => id), ...rest], whole);
});

test('an unknown parameter, or one given twice, is refused by name', async () => {
    for (const query of ['state=submitted&colour=red', 'limit=2&limit=3', 'STATE=submitted', 'state%00=x', '=x', 'offset=5']) {
        const answer = await api.get(`/api/v1/returns?${query}`, staff);

        assert.equal(answer.status, 400, `${query}: ${answer.text}`);
    }
    const answer = await api.get('/api/v1/returns?colour=red', staff);

    assertProblem(answer, 400, 'unknown_parameter');
    assert.ok(answer.text.includes('colour'));
});

test('a list without filters takes no filters', async () => {
    assertProblem(await api.get('/api/v1/products?country=DE'), 400, 'unknown_parameter');
});

test('a filter of the wrong form is refused', async () => {
    assertFields(await api.get('/api/v1/returns?country=germany', staff), { '?country': 'malformed' });
    assertFields(await api.get('/api/v1/tickets?open=maybe', staff), { '?open': 'malformed' });
    assertFields(await api.get('/api/v1/units?product=5', staff), { '?product': 'malformed' });
});

test('parameters are decoded once', async () => {
    assert.equal((await api.get('/api/v1/returns?c%6Funtry=I%54', staff)).status, 200);
    for (const query of ['country=%', 'country=%4', 'country=%zz', 'country=%ff', 'serial=%00'])
        assert.ok([400, 422].includes((await api.get(`/api/v1/returns?${query}`, staff)).status), query);
});
