import { strict as assert } from 'node:assert';
import { after, before, test } from 'node:test';
import { LINES, PRODUCTS, assertProblem, nobody, startDaemon } from '../fixture.js';

let api;
let staff;

before(async () => {
    api = await startDaemon();
    staff = { token: await api.as('agent') };
});
after(() => api?.stop());

test('anybody can list the models that are offered, by model', async () => {
    const { status, body } = await api.get('/api/v1/products');

    assert.equal(status, 200);
    assert.deepEqual(body.items.map(({ model }) => model), ['GX-2000', 'MT-520', 'MT-700', 'PS-1000']);
    assert.deepEqual(body.items[1], {
        id: PRODUCTS.tiller, model: 'MT-520', name: 'Mini tiller 52 cc', product_line: 'tiller',
    });
    assert.deepEqual(body.page, { next: null, limit: 25 });
});

test('a model that is not listed is not shown', async () => {
    const { text } = await api.get('/api/v1/products');

    assert.ok(!text.includes(PRODUCTS.unlisted));
});

test('product lines show the costs in force today, as minor units with a currency', async () => {
    const { body } = await api.get('/api/v1/product-lines', staff);
    const tiller = body.items.find(({ code }) => code === 'tiller');

    assert.equal(tiller.id, LINES.tiller);
    assert.equal(tiller.name, 'Tillers');
    assert.deepEqual(tiller.cost, {
        valid_from: '2024-01-01', currency: 'EUR', price_minor: 39900, cogs_minor: 25000, outbound_minor: 2500,
        fees_minor: 8000, inbound_minor: 2500, inspect_minor: 1200, repair_minor: 1500, recovery_minor: 6000,
        advertising_minor: 0, fees_kept_minor: 0, disposal_minor: 0, claims_per_unit: 0, claim_cost_minor: 0,
        margin_low_minor: null, margin_high_minor: null, loss_low_minor: null, loss_high_minor: null,
    });
});

test('a product line without costs shows nulls, not zeros', async () => {
    const { body } = await api.get('/api/v1/product-lines', staff);
    const { cost } = body.items.find(({ code }) => code === 'accessory');

    assert.ok(Object.keys(cost).length >= 9);
    assert.deepEqual(new Set(Object.values(cost)), new Set([null]));
});

test('a unit shows its product, lot and days as plain dates', async () => {
    const list = await api.get('/api/v1/units?serial=TL000007', staff);

    assert.equal(list.body.items.length, 1);
    const { status, body } = await api.get(`/api/v1/units/${list.body.items[0].id}`, staff);

    assert.equal(status, 200);
    assert.deepEqual(body, {
        id: 'unt_00000000000000000000000007', product: PRODUCTS.tiller, model: 'MT-520', serial: 'TL000007',
        lot: '2603A', made_on: '2026-03-02', shipped_on: '2026-04-01', country: 'FR', channel: 'online',
    });
});

test('a serial is found however it is typed', async () => {
    for (const typed of ['tl000007', 'TL%20000007', '%20tl000007%20']) {
        const { body } = await api.get(`/api/v1/units?serial=${typed}`, staff);

        assert.deepEqual(body.items.map((unit) => unit.serial), ['TL000007'], typed);
    }
});

test('units can be listed by product', async () => {
    const some = await api.get(`/api/v1/units?product=${PRODUCTS.tiller}&limit=100`, staff);
    const none = await api.get(`/api/v1/units?product=${PRODUCTS.generator}`, staff);

    assert.equal(some.body.items.length, 30);
    assert.deepEqual(none.body.items, []);
});

test('a unit that is not there is not found', async () => {
    assertProblem(await api.get(`/api/v1/units/${nobody('unt')}`, staff), 404, 'not_found');
});

test('an id that cannot be one is not found either', async () => {
    for (const id of ['1', 'unt_', 'unt_ILOU5678901234567890123456', "unt_'--", '%F0%9F%9A%9C', 'x'.repeat(300)])
        assertProblem(await api.get(`/api/v1/units/${id}`, staff), 404, 'not_found');
});
