// Which segments explain a rise, on a history whose every part can be counted on fingers.

import { strict as assert } from 'node:assert';
import { after, before, test } from 'node:test';
import { assertFields, assertProblem, nobody, startDaemon } from '../fixture.js';
import { within } from '../support/beta.js';
import { makeLine, month, post } from '../support/history.js';

const FIRST = '2024-06';
const MONTHS = 19;
const AS_OF = 'as_of=2025-12-31';
let api;
let manager;
let path;

/**
 * Two models in two countries ship 500 each in every month; of each 10 come back in the month
 * after. In the newest month 50 of model WIDE in Germany come back, 40 of them without a part.
 */
before(async () => {
    api = await startDaemon();
    manager = { token: await api.as('manager') };
    const id = await makeLine(api, 'wide', { family: 'wide' });

    path = `/api/v1/analytics/lines/${id}/explain`;
    await api.sql("INSERT INTO product (public_id, line, model, name, listed) SELECT new_id('prd'), id, 'NARROW', 'n', false FROM product_line WHERE code = 'wide'");
    await post(api, Array.from({ length: MONTHS }, (_, n) => [n, month(FIRST, n)]).flatMap(([n, shipped]) =>
        ['WIDE', 'NARROW'].flatMap((model) => ['DE', 'FR'].flatMap((country) => {
            const came = { model, country, shipped: `${shipped}-01`, came: `${month(shipped, 1)}-05`, class: 'fault', lot: `L${n}` };

            return [
                { model, country, shipped: `${shipped}-01`, units: 500, lot: `L${n}` },
                { ...came, units: 10, reason: 'WORN' },
                { ...came, units: n === MONTHS - 2 && model === 'WIDE' && country === 'DE' ? 40 : 0, reason: 'MISSING_PARTS' },
            ];
        }))));
});
after(() => api?.stop());

const explain = async (query = '') => {
    const { status, body, text } = await api.get(`${path}?${AS_OF}&${query}`, manager);

    assert.equal(status, 200, text);
    return body;
};
const near = (value, expected, what, tolerance = 1e-9) => assert.ok(within(value, expected, tolerance), `${what}: ${value} instead of ${expected}`);
const part = ({ items }, depth, dimension, key) => items.find((item) => item.depth === depth && item.dimension === dimension && item.key === key);

/** One-sided mid-p of `x` or more of `n`, each with probability `p`, term by term. */
function binomialMidP(x, n, p) {
    let [sum, log] = [0, n * Math.log1p(-p)];

    for (let k = 0; k <= n; k++) {
        sum += k > x ? Math.exp(log) : k === x ? Math.exp(log) / 2 : 0;
        log += Math.log((n - k) / (k + 1) * p / (1 - p));
    }
    return sum;
}

test('a rise is explained by a country, within it by a model, and by a reason', async () => {
    const body = await explain();

    assert.deepEqual([body.x, body.expected, body.ratio, body.excess], [80, 40, 2, 40]);
    assert.deepEqual(body.window, { from: '2025-12-01', to: '2026-01-01', baseline_from: '2024-12-01' });
    assert.deepEqual([body.dimension, body.within, body.reasons], ['country', 'country DE', 'reason']);
    assert.equal(body.sentence, 'All of the rise is explained by country DE: 60 where 20 were expected, within it by product WIDE: '
        + '50 where 10 were expected. Of the reasons it is reason MISSING_PARTS: 40 where less than 0.01 were expected.');
    assert.deepEqual(body.warnings, []);
});

test('every segment tells what was expected of it, what came, and its part in the change', async () => {
    const body = await explain();
    const [germany, france] = [part(body, 1, 'country', 'DE'), part(body, 1, 'country', 'FR')];
    const wide = part(body, 2, 'product', 'WIDE');

    assert.deepEqual([germany.x, germany.expected, germany.ratio, germany.chosen], [60, 20, 3, true]);
    assert.deepEqual([france.x, france.expected, france.power, france.chosen], [20, 20, 0, false]);
    near(germany.power, 1, 'power');
    // Shares 1/2 and 3/4: half of p ln(2p / (p + q)) + q ln(2q / (p + q)).
    near(germany.surprise, .5 * (.5 * Math.log(1 / 1.25) + .75 * Math.log(1.5 / 1.25)), 'surprise');
    assert.deepEqual([wide.x, wide.expected, wide.within, wide.chosen], [50, 10, 'country DE', true]);
    near(wide.power, 1, 'power within');
});

test('rate and mix of all segments of a dimension sum to the change of the rate', async () => {
    const body = await explain();

    for (const dimension of ['country', 'product', 'channel', 'lot'])
        near(body.items.filter((item) => item.depth === 1 && item.dimension === dimension)
            .reduce((sum, item) => sum + item.rate_effect + item.mix_effect, 0), body.change, dimension, 1e-12);
    assert.equal(part(body, 1, 'reason', 'WORN').rate_effect, null, 'nothing is shipped by reason');
    assert.ok(part(body, 1, 'country', 'DE').rate_effect > .9 * body.change);
});

test('segments are tested against their own past, and adjusted for how many there are', async () => {
    const { items } = await explain('baseline=12');
    const germany = part({ items }, 1, 'country', 'DE');

    // The baseline had 20 a month, and a segment counts 5 events more than it had.
    near(germany.p, binomialMidP(60, 60 + 245, 20 / (20 + 245)), 'p', 1e-12);
    const tested = items.filter(({ depth, p }) => depth === 1 && p !== null);

    assert.ok(tested.every(({ p, q }) => q >= p && q <= p * tested.length + 1e-15));
});

test('a segment that was always worse explains no rise', async () => {
    const line = await makeLine(api, 'uneven', { family: 'uneven' });
    const uneven = `/api/v1/analytics/lines/${line}/explain?${AS_OF}`;

    // Polish units come back four times as often, always; what rises is in Italy.
    await post(api, Array.from({ length: MONTHS }, (_, n) => [n, month(FIRST, n)]).flatMap(([n, shipped]) =>
        [['PL', 40], ['IT', n === MONTHS - 2 ? 30 : 10]].flatMap(([country, units]) => [
            { model: 'UNEVEN', country, shipped: `${shipped}-01`, units: 500 },
            { model: 'UNEVEN', country, shipped: `${shipped}-01`, came: `${month(shipped, 1)}-05`, class: 'fault', units },
        ])));
    const { body } = await api.get(uneven, manager);
    const poland = part(body, 1, 'country', 'PL');

    assert.deepEqual([body.x, body.dimension], [70, 'country']);
    assert.ok(within(poland.ratio, 1, .05) && !poland.chosen, `${poland.ratio}`);
    assert.match(body.sentence, /by country IT: 30 where 10\.\d were expected\./);
});

test('windows may be told in days, and filters narrow what is explained', async () => {
    assert.deepEqual((await explain('window=30d&baseline=365d')).window, (await explain('window=1&baseline=12')).window);
    const two = await explain('window=2');

    assert.deepEqual([two.x, two.expected, two.window.from], [120, 80, '2025-11-01']);
    const wide = await explain('country=DE&sku=WIDE');

    assert.deepEqual([wide.x, wide.expected], [50, 10]);
    assert.deepEqual([wide.dimension, wide.sentence], ['lot', 'All of the rise is explained by lot L17: 50 where 10 were expected. '
        + 'Of the reasons it is reason MISSING_PARTS: 40 where 0.04 were expected.']);
});

test('what is too small or nothing at all is not explained', async () => {
    const calm = await explain('country=FR');

    assert.deepEqual([calm.x, calm.expected, calm.dimension, calm.sentence], [20, 20, null, null]);
    assert.deepEqual(calm.warnings.map(({ code }) => code), ['may_be_chance', 'not_explained']);
    const none = await explain('country=PL');

    assert.deepEqual([none.x, none.expected, none.ratio, none.items], [0, 0, null, []]);
    assert.deepEqual(none.warnings.map(({ code }) => code), ['too_few_expected']);
});

test('what makes no sense is refused with its reason', async () => {
    for (const query of ['window=0', 'window=25', 'window=x', 'window=1.5', 'baseline=61', 'baseline=-3d', 'sku=NOPE', 'classes=nope']) {
        const answer = await api.get(`${path}?${query}`, manager);

        assert.ok([404, 422].includes(answer.status), query);
    }
    assertProblem(await api.get(`${path}?window=99`, manager), 422, 'invalid_value');
    assertFields(await api.get(`${path}?window=1234567`, manager), { '?window': 'too_long' });
    assertProblem(await api.get(`/api/v1/analytics/lines/${nobody('lin')}/explain`, manager), 404, 'not_found');
});
