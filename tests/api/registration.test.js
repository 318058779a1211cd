import { strict as assert } from 'node:assert';
import { after, before, test } from 'node:test';
import { PRODUCTS, assertFields, assertProblem, nobody, registration, serial, startDaemon } from '../fixture.js';

const PATH = '/api/v1/registrations';
let api;

before(async () => {
    api = await startDaemon();
});
after(() => api?.stop());

const day = (offset) => new Date(Date.now() + offset * 86400000).toISOString().slice(0, 10);

test('a customer registers a machine without an account', async () => {
    const sent = registration({ channel: 'online', order_number: 'W-1001', locale: 'zh-Hans' });
    const { status, headers, body } = await api.post(PATH, sent);

    assert.equal(status, 201);
    assert.match(body.id, /^[a-z]{3}_[0-9a-hjkmnp-tv-z]{26}$/);
    assert.equal(headers.location, `${PATH}/${body.id}`);
    assert.equal(body.state, 'active');
    assert.equal(body.model, 'MT-520');
    assert.equal(body.serial, sent.serial);
    assert.equal(body.purchased_on, '2026-05-02');
    assert.match(body.created_at, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,6})?Z$/);
    assert.ok(Math.abs(Date.parse(body.created_at) - Date.now()) < 60000, 'created_at is now, in UTC');
});

test('the e-mail address is not sent back to whoever registers', async () => {
    const { text } = await api.post(PATH, registration({ email: 'canary.registration@customer.example' }));

    assert.ok(!text.includes('canary.registration'));
});

test('a second registration of the same machine is kept, but disputed', async () => {
    const sent = registration();
    const first = await api.post(PATH, sent);
    const second = await api.post(PATH, { ...sent, email: 'other@customer.example' });

    assert.equal(first.body.state, 'active');
    assert.equal(second.status, 201);
    assert.equal(second.body.state, 'disputed');
    assert.notEqual(second.body.id, first.body.id);
});

test('the same serial of another model is another machine', async () => {
    const number = serial();

    for (const product of [PRODUCTS.tiller, PRODUCTS.generator]) {
        const { body } = await api.post(PATH, registration({ serial: number, product }));

        assert.equal(body.state, 'active');
    }
});

test('a serial is the same however it is typed', async () => {
    const number = serial();
    const first = await api.post(PATH, registration({ serial: ` ${number.toLowerCase().replace('-', ' -')} ` }));
    const second = await api.post(PATH, registration({ serial: number }));

    assert.equal(first.body.serial, number);
    assert.equal(second.body.state, 'disputed');
});

test('a known unit and an unknown one cannot be told apart from outside', async () => {
    const known = await api.post(PATH, registration({ serial: 'TL000011' }));
    const unknown = await api.post(PATH, registration({ serial: 'TL999999' }));
    const shape = ({ status, body }) => [status, body.state, Object.keys(body)];

    assert.deepEqual(shape(known), shape(unknown));
});

test('a purchase of tomorrow is allowed for the time zones, a later one is not', async () => {
    assert.equal((await api.post(PATH, registration({ purchased_on: day(1) }))).status, 201);
    assertProblem(await api.post(PATH, registration({ purchased_on: day(3) })), 422, 'date_in_future');
});

test('a day that does not exist is refused', async () => {
    for (const purchased_on of ['2026-02-29', '2026-13-01', '2026-00-10', '2026-1-1', '02.05.2026', 'tomorrow',
                                '2026-05-02T00:00:00Z', ' 2026-05-02'])
        assertFields(await api.post(PATH, registration({ purchased_on })), { '/purchased_on': 'malformed' });
    assert.equal((await api.post(PATH, registration({ purchased_on: '2024-02-29' }))).status, 201);
});

test('a day out of any reason is refused', async () => {
    const { status, body } = await api.post(PATH, registration({ purchased_on: '1899-12-31' }));

    assert.equal(status, 422);
    assert.ok(['invalid_fields', 'invalid_value'].includes(body.code), body.code);
});

test('a product that does not exist is refused', async () => {
    assertProblem(await api.post(PATH, registration({ product: nobody('prd') })), 422, 'unknown_product');
});

test('every wrong field is named at once', async () => {
    const answer = await api.post(PATH, {
        product: 'no id', serial: 'x', buyer_type: 'robot', country: 'Germany', purchased_on: 'soon', email: 'nobody',
        order_number: '', locale: 'xx',
    });

    assertFields(answer, {
        '/product': 'malformed', '/serial': 'malformed', '/buyer_type': 'not_one_of', '/country': 'malformed',
        '/purchased_on': 'malformed', '/email': 'malformed', '/order_number': 'too_short', '/locale': 'not_one_of',
    });
});

test('an empty body names every field that is needed', async () => {
    assertFields(await api.post(PATH, {}), {
        '/product': 'missing', '/serial': 'missing', '/buyer_type': 'missing', '/country': 'missing',
        '/purchased_on': 'missing', '/email': 'missing',
    });
});

test('null and absent mean the same', async () => {
    assert.equal((await api.post(PATH, registration({ channel: null, order_number: null }))).status, 201);
    assertFields(await api.post(PATH, registration({ serial: null })), { '/serial': 'missing' });
});

test('staff reads registrations, with the address to write to', async () => {
    const token = await api.as('agent');
    const { body: made } = await api.post(PATH, registration({ email: 'Kaethe@Customer.Example' }));
    const { status, body } = await api.get(`${PATH}/${made.id}`, { token });

    assert.equal(status, 200);
    assert.deepEqual({ ...body, email: undefined }, { ...made, email: undefined });
    assert.equal(body.email, 'kaethe@customer.example');
    assertProblem(await api.get(`${PATH}/${nobody('reg')}`, { token }), 404, 'not_found');
});

test('registrations are listed newest first and by state', async () => {
    const token = await api.as('agent');
    const { body } = await api.get(`${PATH}?limit=100`, { token });
    const disputed = await api.get(`${PATH}?state=disputed&limit=100`, { token });
    const times = body.items.map(({ created_at }) => created_at);

    assert.deepEqual(times, [...times].sort().reverse());
    assert.deepEqual(disputed.body.items.map(({ id }) => id),
                     body.items.filter(({ state }) => state === 'disputed').map(({ id }) => id));
    assert.ok(disputed.body.items.length >= 2);
});
