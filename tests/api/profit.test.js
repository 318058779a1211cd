// Costs of a unit, entered and over time, and what returns make of them.

import { strict as assert } from 'node:assert';
import { after, before, test } from 'node:test';
import { LINES, assertFields, assertProblem, nobody, startDaemon } from '../fixture.js';
import { betaBinomialQuantile, chanceAbove, within } from '../support/beta.js';

const COSTS = `/api/v1/product-lines/${LINES.tiller}/costs`;
const PROFIT = `/api/v1/analytics/lines/${LINES.tiller}/profit`;
const AS_OF = 'as_of=2026-11-25';
let api;
let manager;

before(async () => {
    api = await startDaemon();
    manager = { token: await api.as('manager') };
});
after(() => api?.stop());

const profit = async (query = '', path = PROFIT) => {
    const { status, body, text } = await api.get(`${path}?${AS_OF}&${query}`, manager);

    assert.equal(status, 200, text);
    return body;
};
const COST = {
    valid_from: '2026-06-01', currency: 'EUR', price_minor: 38900, cogs_minor: 25500, outbound_minor: 2600, fees_minor: 7800,
    inbound_minor: 2500, inspect_minor: 1200, repair_minor: 1500, recovery_minor: 6000, advertising_minor: 400,
    fees_kept_minor: 300, disposal_minor: 100, claims_per_unit: 0.04, claim_cost_minor: 2500,
};
/** 96 of 1200 tillers came back; nothing is lent, so the prior is Jeffreys'. */
const [A, B] = [96.5, 1104.5];
const MARGIN = 39900 - 25000 - 2500 - 8000;
const LOSS = 25000 + 2500 + 2500 + 1200 + 1500 - 6000;
const near = (value, expected, what, tolerance = 1e-9) => assert.ok(within(value, expected, tolerance), `${what}: ${value} instead of ${expected}`);

test('profit is told with all that it is made of', async () => {
    const body = await profit();

    assert.deepEqual([body.x, body.n, body.rate, body.interval.method], [96, 1200, .08, 'wilson']);
    assert.deepEqual([body.maturity.matured, body.maturity.months, body.maturity.shipped], [1200, 2, 1200]);
    assert.deepEqual([body.money.currency, body.money.margin_minor, body.money.loss_minor], ['EUR', MARGIN, LOSS]);
    near(body.money.break_even, MARGIN / (MARGIN + LOSS), 'break-even');
    near(body.money.p_loss, chanceAbove(MARGIN / (MARGIN + LOSS), A, B), 'chance of a loss', 1e-9);
    assert.equal(body.money.profit_minor, Math.round(MARGIN - (A / (A + B)) * (MARGIN + LOSS)));
    assert.equal(body.items.reduce((sum, { margin_minor: part }) => sum + part, 0), MARGIN);
    assert.equal(body.items.reduce((sum, { loss_minor: part }) => sum + part, 0), LOSS);
    assert.deepEqual(body.money, body.entered);
    assert.deepEqual(body.warnings, []);
});

test('what the next quarter may cost is the 95 % quantile of the beta-binomial', async () => {
    const { money } = await profit('units=500');

    assert.equal(money.units, 500);
    near(money.expected_returns, 500 * A / (A + B), 'expected returns');
    assert.equal(money.bad_returns, betaBinomialQuantile(.95, 500, A, B));
    assert.equal(money.at_risk_minor, Math.round((money.bad_returns - 500 * A / (A + B)) * (MARGIN + LOSS)));
    assert.equal(money.money_per_point_minor, 500 * (MARGIN + LOSS) / 100);
});

test('what if: another price, another rate, better recovery', async () => {
    const cheaper = await profit('price_minor=37900');

    assert.deepEqual([cheaper.money.margin_minor, cheaper.entered.margin_minor], [MARGIN - 2000, MARGIN]);
    near(cheaper.money.break_even, (MARGIN - 2000) / (MARGIN - 2000 + LOSS), 'break-even');
    near(cheaper.money.p_loss, chanceAbove((MARGIN - 2000) / (MARGIN - 2000 + LOSS), A, B), 'chance of a loss', 1e-9);
    assert.deepEqual(cheaper.items[0], { name: 'price', margin_minor: 37900, loss_minor: null, entered_minor: 39900 });
    const recovered = await profit('recovery_minor=16000');

    assert.equal(recovered.money.loss_minor, LOSS - 10000);
    const worse = await profit('rate=0.15');

    near(worse.money.p_loss, chanceAbove(MARGIN / (MARGIN + LOSS), .15 * (A + B), .85 * (A + B)), 'as firmly believed', 1e-9);
    near(worse.money.margin_lost, .15 * (MARGIN + LOSS) / MARGIN, 'margin lost');
    assert.deepEqual((await profit('price_minor=30000')).warnings.map(({ code }) => code), ['no_margin']);
    assert.deepEqual((await profit('recovery_minor=60000')).warnings.map(({ code }) => code), ['no_loss']);
});

test('where something is missing the answer says what', async () => {
    const none = await profit('', `/api/v1/analytics/lines/${LINES.accessory}/profit`);

    assert.deepEqual([none.money.reason, none.money.p_loss, none.items], ['no_costs', null, []]);
    assert.deepEqual(none.warnings.map(({ code }) => code), ['no_costs']);
    const young = await profit('', `/api/v1/analytics/lines/${LINES.mower}/profit`);

    assert.deepEqual(young.warnings.map(({ code }) => code), ['immature']);
    assert.ok(young.money.p_loss > 0 && young.money.p_loss < 1, 'it is told all the same');
    assertProblem(await api.get(`/api/v1/analytics/lines/${nobody('lin')}/profit`, manager), 404, 'not_found');
    assertFields(await api.get(`${PROFIT}?rate=2&price_minor=-1`, manager), { '?rate': 'out_of_range', '?price_minor': 'out_of_range' });
});

test('costs are entered from a day on, and are in force from then', async () => {
    const entered = await api.post(COSTS, COST, manager);

    assert.equal(entered.status, 201, entered.text);
    assert.equal(entered.headers.location, COSTS);
    assert.deepEqual(Object.fromEntries(Object.keys(COST).map((name) => [name, entered.body[name]])), COST);
    assert.equal(entered.body.entered_by, 'Max Manager');
    const { money } = await profit();
    const margin = 38900 - 25500 - 2600 - 7800 - 400;
    const loss = 25500 + 2600 + 400 + 300 + 2500 + 1200 + 1500 + 100 - 6000;

    assert.deepEqual([money.margin_minor, money.loss_minor, money.claims_cost_minor], [margin, loss, 100]);
    near(money.break_even, (margin - 100) / (margin + loss), 'claims come off the margin');
    const before = await api.get(`${PROFIT}?as_of=2026-05-31`, manager);

    assert.equal(before.body.money.margin_minor, MARGIN, 'the day before the old ones are in force');
    const { body: { items } } = await api.get(COSTS, manager);

    assert.deepEqual(items.map(({ valid_from: from, price_minor: price }) => [from, price]).slice(-3),
                     [['2026-06-01', 38900], ['2024-01-01', 39900], ['2019-01-01', 99900]]);
    assert.equal(items.at(-1).entered_by, null);
});

test('uncertain costs widen what is believed of the profit', async () => {
    await api.post(COSTS, { ...COST, valid_from: '2026-07-01', margin_low_minor: -3000, margin_high_minor: 8000 }, manager);
    const { money, entered } = await profit();

    assert.ok(money.p_loss > .05 && money.p_loss < .95 && money.p_loss_error > 0 && money.p_loss_error < .02);
    assert.deepEqual(money, entered, 'the same draws each time');
    const sure = await profit('price_minor=38900');

    assert.equal(sure.money.p_loss_error, 0, 'a price that is given makes the margin certain');
});

test('costs that make no sense are refused', async () => {
    assertProblem(await api.post(COSTS, COST, manager), 409, 'already_exists');
    const refused = async (changes, constraint) => {
        const answer = await api.post(COSTS, { ...COST, valid_from: '2026-08-01', ...changes }, manager);

        assertProblem(answer, 422, 'invalid_value');
        assert.equal(answer.body.detail, constraint);
    };

    await refused({ fees_kept_minor: 9000 }, 'line_cost_fees_kept_range');
    await refused({ margin_low_minor: 1 }, 'line_cost_margin_range');
    await refused({ loss_low_minor: 5, loss_high_minor: 4 }, 'line_cost_loss_order');
    assertFields(await api.post(COSTS, { ...COST, valid_from: '2026-08-01', currency: 'eur' }, manager), { '/currency': 'malformed' });
    assertFields(await api.post(COSTS, { ...COST, price_minor: -1, cogs_minor: 1e13, claims_per_unit: 101 }, manager),
                 { '/price_minor': 'out_of_range', '/cogs_minor': 'out_of_range', '/claims_per_unit': 'out_of_range' });
    assertProblem(await api.post(`/api/v1/product-lines/${nobody('lin')}/costs`, COST, manager), 404, 'not_found');
    assertProblem(await api.get(`/api/v1/product-lines/${nobody('lin')}/costs`, manager), 404, 'not_found');
});

test('a line gets another family and another fee', async () => {
    const path = `/api/v1/product-lines/${LINES.pump}/settings`;
    const enter = async (body) => (await api.post(path, body, manager)).body;

    assert.deepEqual(await enter({ family: 'garden', fee_category: 'luggage' }),
                     { id: LINES.pump, code: 'pump', name: 'Pumps', family: 'garden', fee_category: 'luggage' });
    assert.equal((await enter({ family: 'garden' })).fee_category, 'luggage', 'left as it is');
    assert.equal((await profit('', `/api/v1/analytics/lines/${LINES.pump}/profit`)).fee_threshold, .128);
    assert.equal((await enter({ family: 'garden', fee_category: 'none' })).fee_category, null);
    const unknown = await api.post(path, { family: 'garden', fee_category: 'hats' }, manager);

    assertProblem(unknown, 422, 'invalid_value');
    assert.equal(unknown.body.detail, 'product_line_fee_category_fkey');
    assertProblem(await api.post(`/api/v1/product-lines/${nobody('lin')}/settings`, { family: 'garden' }, manager), 404, 'not_found');
});
