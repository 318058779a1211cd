import { strict as assert } from 'node:assert';
import { after, before, test } from 'node:test';
import {
    PARTNERS, PRODUCTS, assertFields, assertProblem, filing, nobody, serial, startDaemon,
} from '../fixture.js';

const PATH = '/api/v1/returns';
let api;
let staff;

before(async () => {
    api = await startDaemon();
    staff = { token: await api.as('agent') };
});
after(() => api?.stop());

const read = async (id) => (await api.get(`${PATH}/${id}`, staff)).body;
const history = async (id, options = staff) => (await api.get(`${PATH}/${id}/events`, options)).body.items;

test('a customer files a return and gets a number, a token and a place to look', async () => {
    const sent = filing({ channel: 'online', order_number: 'W-77', phone: '+4915112345678', locale: 'en' });
    const { status, headers, body } = await api.post(PATH, sent);

    assert.equal(status, 201);
    assert.match(body.id, /^ret_[0-9a-hjkmnp-tv-z]{26}$/);
    assert.match(body.number, /^R-[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]$/);
    assert.match(body.token, /^[A-Za-z0-9_-]{43}$/);
    assert.equal(headers.location, `${PATH}/${body.id}`);
    assert.equal(headers['cache-control'], 'no-store');
    assert.equal(body.state, 'submitted');
    assert.equal(body.description, sent.description);
});

test('the token opens the return and nothing else', async () => {
    const mine = await api.file();
    const other = await api.file();
    const { status, body } = await api.get(`${PATH}/${mine.id}`, { token: mine.token });

    assert.equal(status, 200);
    assert.equal(body.name, 'Käthe Müller');
    assert.equal(body.email, 'kaethe@customer.example');
    assertProblem(await api.get(`${PATH}/${other.id}`, { token: mine.token }), 404, 'not_found');
});

test('only a hash of the token is stored', async () => {
    const { token } = await api.file();

    assert.equal(await api.sql(`SELECT count(*) FROM token WHERE position('${token}'::bytea IN hash) > 0`), '0');
    assert.equal(await api.sql("SELECT count(*) FROM token WHERE length(hash) = 32 AND return IS NOT NULL") > 0, true);
    assert.equal(await api.sql(`SELECT count(*) FROM idempotency
                                 WHERE position('${token}'::bytea IN sealed_body) > 0`), '0');
});

test('a return is offered to the partner who covers its line and country', async () => {
    const filed = await api.file({ country: 'DE' });
    const ticket = await api.ticketOf(filed);

    assert.equal(ticket.partner, PARTNERS.nord);
    assert.equal(ticket.state, 'offered');
    assert.deepEqual((await history(filed.id)).map(({ kind, actor_role }) => [kind, actor_role]),
                     [['ticket_offered', 'system'], ['filed', 'customer']]);
});

test('where nobody covers the line, there is no ticket and nothing fails', async () => {
    const filed = await api.file({ country: 'IT' });

    assert.equal((await read(filed.id)).ticket, null);
    assert.deepEqual((await history(filed.id)).map(({ kind }) => kind), ['filed']);
});

test('work is spread over all partners who cover it', async () => {
    await api.sql(`INSERT INTO partner_coverage (partner, line, country)
                   SELECT partner.id, line.id, 'AT' FROM partner, product_line line
                    WHERE partner.name IN ('Atelier du Nord', 'Service Ovest') AND line.code = 'tiller'`);
    const chosen = new Map();

    for (let n = 0; n < 40; n++) {
        const { partner } = await api.ticketOf(await api.file({ country: 'AT' }));

        chosen.set(partner, (chosen.get(partner) ?? 0) + 1);
    }
    assert.deepEqual([...chosen.keys()].sort(), [PARTNERS.nord, PARTNERS.ovest]);
    for (const count of chosen.values())
        assert.ok(count >= 8, `even: ${[...chosen.values()]}`); // 40 fair coins: P(< 8) < 1e-4
});

test('a partner that is not active gets no work', async () => {
    await api.sql(`WITH gone AS (INSERT INTO partner (public_id, name, country, active)
                       VALUES ('par_00000000000000000000000099', 'Gone', 'PT', false) RETURNING id)
                   INSERT INTO partner_coverage (partner, line, country)
                   SELECT gone.id, line.id, 'PT' FROM gone, product_line line WHERE code = 'tiller'`);

    assert.equal((await read((await api.file({ country: 'PT' })).id)).ticket, null);
});

test('a machine whose return is open cannot be filed again', async () => {
    const number = serial();

    await api.file({ serial: number });
    assertProblem(await api.post(PATH, filing({ serial: number.toLowerCase() })), 409, 'return_already_open');
    assert.equal((await api.post(PATH, filing({ serial: number, product: PRODUCTS.bigTiller }))).status, 201,
                 'another model is another machine');
});

test('after a return is over the machine can be filed again', async () => {
    const first = await api.file({ country: 'IT' });

    await api.move('returns', first.id, { to: 'cancelled' }, first.token);
    assert.equal((await api.post(PATH, filing({ serial: first.serial }))).status, 201);
});

test('every field that is wrong is named', async () => {
    assertFields(await api.post(PATH, filing({
        serial: '?', reason: 'bored', description: 'too short', country: 'de1', name: '', email: 'a@', phone: '0151 123',
        channel: 'The Shop',
    })), {
        '/serial': 'malformed', '/reason': 'not_one_of', '/description': 'too_short', '/country': 'malformed',
        '/name': 'too_short', '/email': 'malformed', '/phone': 'malformed', '/channel': 'malformed',
    });
    assertFields(await api.post(PATH, {}), {
        '/product': 'missing', '/serial': 'missing', '/reason': 'missing', '/description': 'missing',
        '/country': 'missing', '/name': 'missing', '/email': 'missing',
    });
});

test('the length of a text is counted in characters, not bytes', async () => {
    assert.equal((await api.post(PATH, filing({ description: '坏'.repeat(4000) }))).status, 201);
    assert.equal((await api.post(PATH, filing({ description: '🚜'.repeat(4000) }))).status, 201);
    assertFields(await api.post(PATH, filing({ description: '坏'.repeat(4001) })), { '/description': 'too_long' });
    assertFields(await api.post(PATH, filing({ description: '🚜'.repeat(9) })), { '/description': 'too_short' });
});

test('any language comes back as it was sent', async () => {
    const description = 'Запускается плохо — 启动困难 🚜 "quoted" \\ back/slash\n\tsecond line </script>';
    const filed = await api.file({ description, name: "Zoë O'Neill-Ñandú" });
    const { body } = await api.get(`${PATH}/${filed.id}`, { token: filed.token });

    assert.equal(body.description, description);
    assert.equal(body.name, "Zoë O'Neill-Ñandú");
});

test('a reason that customers are not offered is refused', async () => {
    for (const reason of ['recall', 'stock_return', 'none_given'])
        assert.equal((await api.post(PATH, filing({ reason }))).status, 422, reason);
});

test('a product that is not there is refused', async () => {
    assertProblem(await api.post(PATH, filing({ product: nobody('prd') })), 422, 'unknown_product');
});

test('staff moves a return on and the customer sees it', async () => {
    const filed = await api.file({ country: 'IT' });
    const moved = await api.move('returns', filed.id, { to: 'need_info', note: 'Please send a photo.' }, staff.token);

    assert.equal(moved.status, 200);
    assert.equal(moved.body.state, 'need_info');
    assert.ok(moved.body.row_version > filed.row_version);
    assert.equal(moved.headers.etag, `"v${moved.body.row_version}-json"`);
    const [last] = await history(filed.id, { token: filed.token });

    assert.deepEqual([last.kind, last.from_state, last.to_state, last.note, last.actor_role],
                     ['state_changed', 'submitted', 'need_info', 'Please send a photo.', 'agent']);
    assert.equal(last.actor_name, null);
});

test('the whole way: submitted, approved, settled, closed', async () => {
    const filed = await api.file({ country: 'IT' });

    for (const to of ['approved', 'settled', 'closed']) {
        const { status, body } = await api.move('returns', filed.id, { to }, staff.token);

        assert.deepEqual([status, body.state], [200, to]);
    }
});

test('a move that is not possible says which ones are', async () => {
    const filed = await api.file({ country: 'IT' });
    const answer = await api.move('returns', filed.id, { to: 'closed' }, staff.token);

    assertProblem(answer, 409, 'transition_not_allowed');
    assert.deepEqual(answer.body.detail.split(/,\s*/).sort(), ['approved', 'need_info', 'rejected']);
});

test('a customer may cancel before approval and not after', async () => {
    const early = await api.file({ country: 'IT' });
    const late = await api.file({ country: 'IT' });

    assert.equal((await api.move('returns', early.id, { to: 'cancelled' }, early.token)).body.state, 'cancelled');
    await api.move('returns', late.id, { to: 'approved' }, staff.token);
    assertProblem(await api.move('returns', late.id, { to: 'cancelled' }, late.token), 409, 'transition_not_allowed');
});

test('a customer may not approve the own return', async () => {
    const filed = await api.file({ country: 'IT' });
    const answer = await api.move('returns', filed.id, { to: 'approved' }, filed.token);

    assertProblem(answer, 409, 'transition_not_allowed');
    assert.equal((await read(filed.id)).state, 'submitted');
});

test('a state that does not exist is a wrong field', async () => {
    const filed = await api.file({ country: 'IT' });

    assert.equal((await api.move('returns', filed.id, { to: 'lost' }, staff.token)).status, 422);
});

test('customer and staff write to each other; internal notes stay inside', async () => {
    const filed = await api.file({ country: 'IT' });
    const path = `${PATH}/${filed.id}/messages`;
    const asked = await api.post(path, { note: 'When will it be picked up?' }, { token: filed.token });
    const inside = await api.post(path, { note: 'Third time this week.', internal: true }, staff);
    const open = await api.post(path, { note: 'On Monday.' }, staff);

    assert.deepEqual([asked.status, inside.status, open.status], [201, 201, 201]);
    assert.equal(asked.headers.location, `${PATH}/${filed.id}/events`);
    assert.equal(inside.body.internal, true);
    assert.deepEqual((await history(filed.id)).map(({ note }) => note).slice(0, 3),
                     ['On Monday.', 'Third time this week.', 'When will it be picked up?']);
    assert.deepEqual((await history(filed.id, { token: filed.token })).map(({ note }) => note).slice(0, 2),
                     ['On Monday.', 'When will it be picked up?']);
});

test('a customer cannot write internal notes', async () => {
    const filed = await api.file({ country: 'IT' });
    const answer = await api.post(`${PATH}/${filed.id}/messages`, { note: 'Psst.', internal: true },
                                  { token: filed.token });

    assertProblem(answer, 403, 'forbidden');
});

test('a message needs words', async () => {
    const filed = await api.file({ country: 'IT' });
    const path = `${PATH}/${filed.id}/messages`;

    assertFields(await api.post(path, {}, staff), { '/note': 'missing' });
    assertFields(await api.post(path, { note: '' }, staff), { '/note': 'too_short' });
    assertFields(await api.post(path, { note: 'x'.repeat(4001) }, staff), { '/note': 'too_long' });
    assertFields(await api.post(path, { note: 'x', internal: 'yes' }, staff), { '/internal': 'wrong_type' });
});

test('a message to a return that is not there is not found', async () => {
    assertProblem(await api.post(`${PATH}/${nobody('ret')}/messages`, { note: 'Hello?' }, staff), 404, 'not_found');
});

test('returns are listed newest first, without personal data, and can be filtered', async () => {
    const filed = await api.file({ country: 'SE', product: PRODUCTS.generator });

    await api.move('returns', filed.id, { to: 'approved' }, staff.token);
    for (const query of ['country=SE', 'country=SE&state=approved', 'product_line=generator&country=SE']) {
        const { body, text } = await api.get(`${PATH}?${query}`, staff);

        assert.deepEqual(body.items.map(({ id }) => id), [filed.id], query);
        assert.ok(!text.includes('kaethe@'), 'a list shows no address');
    }
    assert.deepEqual((await api.get(`${PATH}?country=SE&state=submitted`, staff)).body.items, []);
    const all = (await api.get(`${PATH}?limit=100`, staff)).body.items.map(({ created_at }) => created_at);

    assert.deepEqual(all, [...all].sort().reverse());
});

test('closing shortens the life of the customer\'s link to 90 days', async () => {
    const filed = await api.file({ country: 'IT' });
    const left = () => api.sql(`SELECT extract(day FROM date_trunc('day', token.expires_at - now()))
                                  FROM token JOIN return ON return.id = token.return
                                 WHERE return.public_id = '${filed.id}'`);

    assert.ok(Number(await left()) >= 363);
    for (const to of ['approved', 'settled', 'closed'])
        await api.move('returns', filed.id, { to }, staff.token);
    const days = Number(await left());

    assert.ok(days >= 88 && days <= 90, `${days} days`);
});

test('the link still works after the return is closed, and not after its end', async () => {
    const filed = await api.file({ country: 'IT' });

    await api.move('returns', filed.id, { to: 'cancelled' }, filed.token);
    assert.equal((await api.get(`${PATH}/${filed.id}`, { token: filed.token })).status, 200);
    const late = await api.file({ country: 'IT' });

    await api.sql(`UPDATE token SET expires_at = now() - interval '1 second' FROM return
                    WHERE return.id = token.return AND return.public_id = '${late.id}'`);
    assertProblem(await api.get(`${PATH}/${late.id}`, { token: late.token }), 401, 'not_signed_in');
});

test('what happened cannot be changed or deleted, not even in the database', async () => {
    for (const text of ['UPDATE return_event SET note = NULL', 'DELETE FROM return_event', 'TRUNCATE return_event'])
        await assert.rejects(api.sql(text), /append-only/);
});
