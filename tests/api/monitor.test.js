// Charts of one line, on a history whose every month can be counted on fingers.

import { strict as assert } from 'node:assert';
import { after, before, test } from 'node:test';
import { assertFields, assertProblem, nobody, startDaemon } from '../fixture.js';
import { within } from '../support/beta.js';
import { makeLine, month, post } from '../support/history.js';

const FIRST = '2023-01';
const MONTHS = 36;
/** The last day of the last month. */
const AS_OF = 'as_of=2025-12-31';
let api;
let manager;
let path;

/** A month ships 1000; of them 10 come back at once, and 20 in the month after; in the last four months 30 more. */
const later = (n) => (n >= MONTHS - 5 ? 50 : 20);

before(async () => {
    api = await startDaemon();
    manager = { token: await api.as('manager') };
    path = `/api/v1/analytics/lines/${await makeLine(api, 'steady', { family: 'steady' })}/monitor`;
    await post(api, Array.from({ length: MONTHS }, (_, n) => [n, month(FIRST, n)]).flatMap(([n, shipped]) => [
        { model: 'STEADY', shipped: `${shipped}-01`, units: 1000 },
        { model: 'STEADY', shipped: `${shipped}-01`, came: `${shipped}-21`, class: 'remorse', units: 10 },
        { model: 'STEADY', shipped: `${shipped}-01`, came: `${month(shipped, 1)}-05`, class: 'remorse', units: later(n) },
    ]));
});
after(() => api?.stop());

const chart = async (query) => {
    const { status, body, text } = await api.get(`${path}?${AS_OF}&${query}`, manager);

    assert.equal(status, 200, text);
    return body;
};
const near = (value, expected, what) => assert.ok(within(value, expected, 1e-9), `${what}: ${value} instead of ${expected}`);

test('events by month are held against what the baseline lets expect', async () => {
    const { items, signals } = await chart('chart=cusum&months=6&baseline=12&ratio=2');

    // At risk at lag 0 are 1000, at lag 1 990; the baseline has 10 of the one and 20 of the other.
    assert.deepEqual(items.map(({ month: of }) => of.slice(0, 7)), Array.from({ length: 6 }, (_, n) => month('2025-07', n)));
    for (const { x, expected, month: of } of items) {
        near(expected, 30, `${of} expected`);
        assert.equal(x, of >= '2025-09' ? 60 : 30, of);
    }
    // C = max(0, C + x - 30 k), k = 1 / ln 2; the limit is ln 200 / ln 2.
    const k = 1 / Math.log(2);
    let sum = 0;

    for (const { x, value, high, signal, month: of } of items) {
        sum = Math.max(0, sum + x - 30 * k);
        near(value, sum, `${of} sum`);
        near(high, Math.log(200) / Math.log(2), 'limit');
        assert.equal(signal, sum > high, of);
    }
    assert.ok(signals >= 2);
});

test('the moving average is that of standardised counts', async () => {
    const { items, centre } = await chart('chart=ewma&months=6&weight=0.3&width=3');
    let z = 0;

    assert.equal(centre, 0);
    items.forEach(({ x, expected, value, high, low, signal }, t) => {
        z = .3 * (x - expected) / Math.sqrt(expected) + .7 * z;
        near(value, z, `month ${t}`);
        near(high, 3 * Math.sqrt(.3 / 1.7 * (1 - .7 ** (2 * (t + 1)))), 'limit');
        near(low, -high, 'lower limit');
        assert.equal(signal, Math.abs(z) > high);
    });
    assert.ok(items.at(-1).signal);
});

test('shares by month of shipment have limits of three errors', async () => {
    const { items, centre, warnings } = await chart('chart=p&months=12');
    const mature = items.map(({ x, n }) => [x, n]);

    // September is the newest month that is 90 days old at the end of the year.
    assert.deepEqual([items[0].month, items.at(-1).month], ['2025-01-01', '2025-09-01']);
    assert.deepEqual(mature, [...Array(7).fill([30, 1000]), [60, 1000], [60, 1000]]);
    const p = mature.reduce((sum, [x]) => sum + x, 0) / 9000;

    near(centre, p, 'centre');
    for (const { value, low, high, expected, signal } of items) {
        const half = 3 * Math.sqrt(p * (1 - p) / 1000);

        near(high, p + half, 'upper limit');
        near(low, Math.max(0, p - half), 'lower limit');
        near(expected, 1000 * p, 'expected');
        assert.equal(signal, value > high || value < low);
    }
    assert.deepEqual(warnings.filter(({ code }) => code !== 'immature'), []);
    const laney = await chart('chart=laney&months=12');

    // Mean |z - z before| / 1.128: only one step is not 0.
    near(laney.sigma_z, .03 / Math.sqrt(p * (1 - p) / 1000) / 8 / 1.128, 'sigma z');
});

test('the sequential test adds all months up', async () => {
    const { items } = await chart('chart=maxsprt&months=6');
    let [observed, expected] = [0, 0];

    for (const { x, value, high, signal } of items) {
        observed += x;
        expected += 30;
        near(value, observed > expected ? observed * Math.log(observed / expected) - (observed - expected) : 0, 'LLR');
        assert.equal(signal, value >= high);
    }
    const { body } = await api.post('/api/v1/analytics/stat/maxsprt', { length: 180, alpha: .05, least: 4 }, { ...manager, key: null });

    near(items[0].high, body.boundary, 'boundary of a plan for 180 expected events');
    assert.deepEqual(items.map(({ signal }) => signal), [false, false, true, true, true, true]);
});

test('classes and filters choose what is watched', async () => {
    const faults = await chart('chart=p&months=12&classes=fault');

    assert.deepEqual(faults.items.map(({ x }) => x), Array(9).fill(0));
    const none = await chart('chart=cusum&country=FR');

    assert.deepEqual([none.items, none.warnings.at(-1).code], [[], 'no_points']);
});

test('what makes no sense is refused with its reason', async () => {
    assertFields(await api.get(`${path}?chart=pie`, manager), { '?chart': 'not_one_of' });
    assertFields(await api.get(path, manager), { '?chart': 'missing' });
    assertFields(await api.get(`${path}?chart=p&months=121&baseline=0`, manager), { '?months': 'out_of_range', '?baseline': 'out_of_range' });
    for (const query of ['chart=ewma&weight=2', 'chart=cusum&ratio=1', 'chart=maxsprt&alpha=0.7', 'chart=p&age=45'])
        assertProblem(await api.get(`${path}?${AS_OF}&${query}`, manager), 422, 'invalid_value');
    assertProblem(await api.get(`/api/v1/analytics/lines/${nobody('lin')}/monitor?chart=p`, manager), 404, 'not_found');
});
