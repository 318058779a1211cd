import { strict as assert } from 'node:assert';
import { after, before, test } from 'node:test';
import { PARTNERS, assertFields, assertProblem, nobody, startDaemon } from '../fixture.js';

const PATH = '/api/v1/partners';
let api;
let staff;
let manager;

before(async () => {
    api = await startDaemon();
    staff = { token: await api.as('agent') };
    manager = { token: await api.as('manager') };
});
after(() => api?.stop());

test('staff lists partners by name', async () => {
    const { status, body } = await api.get(PATH, staff);

    assert.equal(status, 200);
    assert.deepEqual(body.items.map(({ id, name, country, active }) => [id, name, country, active]), [
        [PARTNERS.nord, 'Atelier du Nord', 'FR', true],
        [PARTNERS.ovest, 'Service Ovest', 'IT', true],
        [PARTNERS.sued, 'Werkstatt Sued', 'DE', true],
    ]);
});

test('a partner shows how many tickets it has open', async () => {
    assert.equal((await api.get(`${PATH}/${PARTNERS.nord}`, staff)).body.open_tickets, 0);
    await api.file({ country: 'DE' });
    const ticket = await api.ticketOf(await api.file({ country: 'DE' }));

    assert.equal((await api.get(`${PATH}/${PARTNERS.nord}`, staff)).body.open_tickets, 2);
    await api.move('tickets', ticket.id, { to: 'declined', note: 'No time.' }, await api.as('partner'));
    assert.equal((await api.get(`${PATH}/${PARTNERS.nord}`, staff)).body.open_tickets, 1);
});

test('a manager adds a partner', async () => {
    const { status, headers, body } = await api.post(PATH, { name: 'Taller Ñandú', country: 'ES' }, manager);

    assert.equal(status, 201);
    assert.equal(headers.location, `${PATH}/${body.id}`);
    assert.deepEqual([body.name, body.country, body.active], ['Taller Ñandú', 'ES', true]);
    assert.equal((await api.get(headers.location, staff)).body.name, 'Taller Ñandú');
});

test('a name that is taken is refused, naming the rule', async () => {
    const answer = await api.post(PATH, { name: 'Werkstatt Sued', country: 'AT' }, manager);

    assertProblem(answer, 409, 'already_exists');
    assert.equal(answer.body.detail, 'partner_name_key');
});

test('wrong fields are named', async () => {
    assertFields(await api.post(PATH, { name: 'X', country: 'Spain' }, manager),
                 { '/name': 'too_short', '/country': 'malformed' });
});

test('a partner that is not there is not found', async () => {
    assertProblem(await api.get(`${PATH}/${nobody('par')}`, staff), 404, 'not_found');
});
