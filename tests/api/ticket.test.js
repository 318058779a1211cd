import { strict as assert } from 'node:assert';
import { after, before, test } from 'node:test';
import { PARTNERS, PRODUCTS, assertFields, assertProblem, nobody, startDaemon } from '../fixture.js';

const PATH = '/api/v1/tickets';
let api;
let staff;
let partner;
let stranger;

before(async () => {
    api = await startDaemon();
    staff = { token: await api.as('agent') };
    partner = { token: await api.as('partner') };
    stranger = { token: await api.as('otherPartner') };
});
after(() => api?.stop());

/** A return in Germany, and the ticket that its partner was offered. */
async function offered() {
    const filed = await api.file({ country: 'DE', phone: '+4915112345678' });

    return { filed, ticket: await api.ticketOf(filed) };
}

const moveTicket = (ticket, to, token = partner.token, note = `Now ${to}.`) =>
    api.move('tickets', ticket.id, { to, note }, token);

/** Move on through several states; each must be allowed. */
async function walk(ticket, states, token) {
    for (const to of states) {
        const answer = await moveTicket(ticket, to, token);

        assert.deepEqual([answer.status, answer.body.state], [200, to], answer.text);
    }
}

const returnState = async ({ id }) => (await api.get(`/api/v1/returns/${id}`, staff)).body.state;
/** Units of a line that the ledger counts as returned. */
const counted = async (where = 'true') => Number(await api.sql(
    `SELECT COALESCE(sum(units), 0)
       FROM unit_event
       JOIN product ON product.id = product
       JOIN product_line ON product_line.id = line
      WHERE class IS NOT NULL AND product_line.code = 'tiller' AND ${where}`));

test('a partner sees what is needed to do the job, and no more', async () => {
    const { filed, ticket } = await offered();
    const { status, headers, body } = await api.get(`${PATH}/${ticket.id}`, partner);

    assert.equal(status, 200);
    assert.equal(headers.etag, `"v${body.row_version}-json"`);
    assert.equal(body.number, filed.number);
    assert.equal(body.return, filed.id);
    assert.equal(body.model, 'MT-520');
    assert.equal(body.serial, filed.serial);
    assert.equal(body.description, filed.description);
    assert.deepEqual(body.contact, {
        name: 'Käthe Müller', email: 'kaethe@customer.example', phone: '+4915112345678',
    });
    assert.deepEqual([...body.allowed].sort(), ['accepted', 'declined']);
});

test('a partner lists the own tickets only, newest first', async () => {
    await offered();
    const elsewhere = await api.ticketOf(await api.file({ country: 'DE', product: PRODUCTS.generator }));
    const mine = (await api.get(`${PATH}?limit=100`, partner)).body.items;
    const theirs = (await api.get(`${PATH}?limit=100`, stranger)).body.items;
    const all = (await api.get(`${PATH}?limit=100`, staff)).body.items;

    assert.ok(mine.length && mine.every((ticket) => ticket.partner === PARTNERS.nord));
    assert.deepEqual(theirs.map(({ id }) => id), [elsewhere.id]);
    assert.equal(all.length, mine.length + theirs.length);
});

test('a list of tickets shows no customer\'s name or address', async () => {
    await offered();
    const { text } = await api.get(`${PATH}?limit=100`, partner);

    assert.ok(!text.includes('kaethe@') && !text.includes('Müller') && !text.includes('+49151'));
});

test('accepting a ticket approves the return and counts it once', async () => {
    const { filed, ticket } = await offered();
    const before = await counted();

    await walk(ticket, ['accepted']);
    assert.equal(await returnState(filed), 'approved');
    assert.equal(await counted(), before + 1);
    await walk(ticket, ['appointed', 'in_work', 'waiting_parts', 'in_work', 'done']);
    assert.equal(await returnState(filed), 'settled');
    await walk(ticket, ['verified'], staff.token);
    assert.equal(await returnState(filed), 'closed');
    assert.equal(await counted(), before + 1);
});

test('an accepted return is booked to its line, country, channel and month', async () => {
    const filed = await api.file({ country: 'DE', channel: 'dealer' });
    const here = `country = 'DE' AND channel = 'dealer' AND event_day = (now() AT TIME ZONE 'UTC')::date`;
    const [before, everywhere] = [await counted(here), await counted()];

    await walk(await api.ticketOf(filed), ['accepted']);
    assert.deepEqual([await counted(here), await counted()], [before + 1, everywhere + 1]);
});

test('the customer reads the partner\'s note, with the partner\'s name', async () => {
    const { filed, ticket } = await offered();

    await moveTicket(ticket, 'accepted', partner.token, 'We come on Monday at nine.');
    const { body } = await api.get(`/api/v1/returns/${filed.id}/events`, { token: filed.token });
    const moved = body.items.find(({ kind }) => kind === 'ticket_moved');

    assert.deepEqual([moved.from_state, moved.to_state, moved.note, moved.actor_role, moved.actor_name],
                     ['offered', 'accepted', 'We come on Monday at nine.', 'partner_tech', 'Atelier du Nord']);
    assert.ok(body.items.some(({ kind, to_state }) => kind === 'state_changed' && to_state === 'approved'));
});

test('a partner reads the history of the own ticket without internal notes', async () => {
    const { filed, ticket } = await offered();

    await api.post(`/api/v1/returns/${filed.id}/messages`, { note: 'Known complainer.', internal: true }, staff);
    await api.post(`/api/v1/returns/${filed.id}/messages`, { note: 'Please ring first.' }, { token: filed.token });
    const seen = await api.get(`${PATH}/${ticket.id}/events`, partner);
    const inside = await api.get(`${PATH}/${ticket.id}/events`, staff);

    assert.ok(seen.text.includes('Please ring first.') && !seen.text.includes('Known complainer.'));
    assert.ok(inside.text.includes('Known complainer.'));
});

test('another partner\'s ticket is as if it were not there', async () => {
    const { ticket } = await offered();
    const foreign = await api.get(`${PATH}/${ticket.id}`, stranger);
    const missing = await api.get(`${PATH}/${nobody('tck')}`, stranger);
    const plain = ({ status, body }) => [status, { ...body, instance: undefined }];

    assertProblem(foreign, 404, 'not_found');
    assert.deepEqual(plain(foreign), plain(missing));
    assertProblem(await api.get(`${PATH}/${ticket.id}/events`, stranger), 404, 'not_found');
    const move = await api.post(`${PATH}/${ticket.id}/transitions`, { to: 'accepted', note: 'Mine.' },
                                { ...stranger, match: `"v${ticket.row_version}-json"` });

    assertProblem(move, 404, 'not_found');
    assert.equal((await api.get(`${PATH}/${ticket.id}`, partner)).body.state, 'offered');
});

test('a move must have a note', async () => {
    const { ticket } = await offered();
    const match = `"v${ticket.row_version}-json"`;
    const send = (body) => api.post(`${PATH}/${ticket.id}/transitions`, body, { ...partner, match });

    assertFields(await send({ to: 'accepted' }), { '/note': 'missing' });
    assertFields(await send({ to: 'accepted', note: '' }), { '/note': 'too_short' });
    assertFields(await send({ note: 'Fine.' }), { '/to': 'missing' });
});

test('a partner cannot verify the own work, staff cannot do the partner\'s', async () => {
    const { ticket } = await offered();

    assertProblem(await moveTicket(ticket, 'verified'), 409, 'transition_not_allowed');
    const answer = await moveTicket(ticket, 'accepted', staff.token);

    assertProblem(answer, 409, 'transition_not_allowed');
    assert.equal(answer.body.detail, 'cancelled');
});

test('work that is not good enough goes back', async () => {
    const { filed, ticket } = await offered();

    await walk(ticket, ['accepted', 'in_work', 'done']);
    await walk(ticket, ['in_work'], staff.token);
    assert.equal(await returnState(filed), 'approved');
    await walk(ticket, ['done']);
    assert.equal(await returnState(filed), 'settled');
});

test('a declined ticket leaves the return open for another partner', async () => {
    const { filed, ticket } = await offered();

    await walk(ticket, ['declined']);
    assert.equal(await returnState(filed), 'submitted');
    const answer = await api.post(`/api/v1/returns/${filed.id}/tickets`, { partner: PARTNERS.ovest }, staff);

    assert.equal(answer.status, 201, answer.text);
    assert.equal(answer.headers.location, `${PATH}/${answer.body.id}`);
    assert.deepEqual([answer.body.partner, answer.body.partner_name, answer.body.state],
                     [PARTNERS.ovest, 'Service Ovest', 'offered']);
    assert.equal((await api.ticketOf(filed)).id, answer.body.id, 'the newest ticket is shown');
});

test('there is one ticket at a time', async () => {
    const { filed } = await offered();

    assertProblem(await api.post(`/api/v1/returns/${filed.id}/tickets`, { partner: PARTNERS.ovest }, staff),
                  409, 'ticket_already_open');
});

test('a ticket needs a partner who exists and a return that is under way', async () => {
    const filed = await api.file({ country: 'IT' });
    const path = `/api/v1/returns/${filed.id}/tickets`;

    assertProblem(await api.post(path, { partner: nobody('par') }, staff), 422, 'unknown_partner');
    assertProblem(await api.post(`/api/v1/returns/${nobody('ret')}/tickets`, { partner: PARTNERS.nord }, staff),
                  404, 'not_found');
    await api.move('returns', filed.id, { to: 'rejected' }, staff.token);
    assertProblem(await api.post(path, { partner: PARTNERS.nord }, staff), 409, 'transition_not_allowed');
});

test('a return that is rejected after approval is taken out of the count', async () => {
    const filed = await api.file({ country: 'IT' });
    const before = await counted();

    await api.move('returns', filed.id, { to: 'approved' }, staff.token);
    assert.equal(await counted(), before + 1);
    await api.move('returns', filed.id, { to: 'rejected' }, staff.token);
    assert.equal(await counted(), before);
});

test('who declined sees the customer no more', async () => {
    const { ticket } = await offered();

    await walk(ticket, ['declined']);
    const { body } = await api.get(`${PATH}/${ticket.id}`, partner);

    assert.deepEqual(body.contact, { name: null, email: null, phone: null });
    assert.deepEqual(body.allowed, []);
});

test('a month after the end of the work the contact is gone', async () => {
    const { ticket } = await offered();

    await walk(ticket, ['accepted', 'in_work', 'done']);
    await walk(ticket, ['verified'], staff.token);
    const contact = async () => (await api.get(`${PATH}/${ticket.id}`, partner)).body.contact.email;

    assert.equal(await contact(), 'kaethe@customer.example');
    await api.sql(`ALTER TABLE ticket DISABLE TRIGGER USER;
                   UPDATE ticket SET updated_at = now() - interval '31 days' WHERE public_id = '${ticket.id}';
                   ALTER TABLE ticket ENABLE TRIGGER USER`);
    assert.equal(await contact(), null);
});

test('tickets are filtered by state and by whether they are open', async () => {
    const { ticket } = await offered();

    await walk(ticket, ['accepted', 'in_work']);
    const list = async (query) => (await api.get(`${PATH}?limit=100&${query}`, partner)).body.items;

    assert.deepEqual((await list('state=in_work')).map(({ id }) => id), [ticket.id]);
    const open = await list('open=true');
    const over = await list('open=false');

    assert.ok(open.every(({ state }) => !['verified', 'declined', 'cancelled'].includes(state)));
    assert.ok(over.length && over.every(({ state }) => ['verified', 'declined', 'cancelled'].includes(state)));
    assert.equal(open.length + over.length, (await list('')).length);
});

test('of two partners\' moves at the same moment one wins', async () => {
    const { ticket } = await offered();
    const match = `"v${ticket.row_version}-json"`;
    const answers = await Promise.all(Array.from({ length: 8 }, (_, n) => api.post(
        `${PATH}/${ticket.id}/transitions`, { to: n % 2 ? 'accepted' : 'declined', note: `Try ${n}.` },
        { ...partner, match })));
    const won = answers.filter(({ status }) => status === 200);

    assert.equal(won.length, 1);
    for (const answer of answers.filter(({ status }) => status !== 200))
        assertProblem(answer, 412, 'stale');
    assert.equal(await api.sql(`SELECT count(*) FROM return_event JOIN ticket ON ticket.id = return_event.ticket
                                 WHERE ticket.public_id = '${ticket.id}' AND kind = 'ticket_moved'`), '1');
});
