import { strict as assert } from 'node:assert';
import { after, before, test } from 'node:test';
import { LINES, assertProblem, nobody, startDaemon } from '../fixture.js';

const PATH = `/api/v1/analytics/lines/${LINES.tiller}/cube`;
let api;
let staff;

before(async () => {
    api = await startDaemon();
    staff = { token: await api.as('manager') };
    await api.sql(`WITH posted AS (INSERT INTO posting DEFAULT VALUES RETURNING id)
        INSERT INTO unit_event (posting, product, country, channel, ship_day, event_day, class, reason, units, money_minor)
        SELECT posted.id, product.id, v.country, 'online', '2026-01-01', v.day, v.class, v.reason, v.units, v.money
          FROM posted, product, (VALUES ('DE', date '2026-02-10', 'fault', 'DEFECTIVE', 5, 50000),
                                        ('DE', '2026-06-10', 'fault', 'DEFECTIVE', 7, 70000),
                                        ('DE', '2026-02-10', 'remorse', 'UNWANTED_ITEM', 3, 9000),
                                        ('ES', '2026-01-01', NULL, '', 40, 0)) AS v (country, day, class, reason, units, money)
         WHERE model = 'MT-520'`);
    await api.folded();
});
after(() => api?.stop());

const cube = async (query) => {
    const { status, body, text } = await api.get(`${PATH}?as_of=2026-11-20&${query}`, staff);

    assert.equal(status, 200, text);
    return body;
};
const cell = ({ country, channel, reason, n, x, money_minor: money }) => [country, channel, reason, n, x, money];

test('each country and channel is told by reason, with what was shipped there', async () => {
    const body = await cube('age=60&to=2026-02');

    assert.deepEqual(body.items.map(cell), [
        ['DE', 'online', '', 500, 50, 0],
        ['DE', 'online', 'DEFECTIVE', 500, 5, 50000],
        ['DE', 'online', 'UNWANTED_ITEM', 500, 3, 9000],
        ['ES', 'online', null, 40, 0, 0],
        ['FR', 'dealer', '', 300, 10, 0],
    ]);
    assert.deepEqual([body.x, body.n, body.rate], [68, 840, 68 / 840]);
    assert.ok(body.items[1].low < 0.01 && 0.01 < body.items[1].high);
});

test('later returns count at a later age, other classes when they are asked for', async () => {
    const later = await cube('age=180&to=2026-02');

    assert.deepEqual(cell(later.items[1]), ['DE', 'online', 'DEFECTIVE', 500, 12, 120000]);
    assert.deepEqual((await cube('age=60&classes=remorse')).items.filter(({ x }) => x).map(cell),
                     [['DE', 'online', 'UNWANTED_ITEM', 750, 3, 9000]]);
});

test('months that are too young are left out, of both counts', async () => {
    const young = await cube('age=365');

    assert.deepEqual([young.items, young.n, young.reason], [[], 0, 'no_shipments']);
    const { body } = await api.get(`${PATH}?as_of=2026-03-03&age=30`, staff);

    assert.deepEqual(body.items.map(({ n }) => n), [500, 40, 300], 'January alone is 30 days old');
});

test('a line that is not there, and an age that ends no period', async () => {
    assertProblem(await api.get(`/api/v1/analytics/lines/${nobody('lin')}/cube`, staff), 404, 'not_found');
    assertProblem(await api.get(`${PATH}?age=100`, staff), 422, 'invalid_value');
});
