// Reserves, uncertain costs, clusters and flows; and published cases that need their switches.

import { strict as assert } from 'node:assert';
import { after, before, test } from 'node:test';
import { startDaemon } from '../fixture.js';
import { BATTERS } from '../support/published.js';
import { printed, same, statistics } from '../support/stat.js';

let api;
let stat;
let cases;
let refused;

before(async () => {
    api = await startDaemon();
    const staff = { token: await api.as('manager') };

    ({ stat, cases, refused } = statistics((path, body) => api.post(path, body, staff)));
});
after(() => api?.stop());

const each = (ages) => ages.map((age) => [age, 1]);
/** Meeker and Escobar's bearing cages. */
const CAGES = {
    failures: each([230, 334, 423, 990, 1009, 1510]),
    running: [[50, 288], [150, 148], [250, 124], [350, 111], [450, 106], [550, 99], [650, 110], [750, 114], [850, 119], [950, 127],
              [1050, 123], [1150, 93], [1250, 47], [1350, 41], [1450, 27], [1550, 11], [1650, 6], [1850, 1], [2050, 2]],
};
const F = (t, eta, beta) => -Math.expm1(-((t / eta) ** beta));

test('a reserve is the claims of each period to come times their cost, discounted after a year', async () => {
    const [eta, beta, warranty] = [60, 1.5, 24];
    const cohorts = [[500, 3], [800, 20], [100, 30]];
    const body = await stat('reserve', { running: [], eta, beta, cohorts, periods: 24, warranty, cost: 5000, discount: 0.06 });
    const claims = Array.from({ length: 24 }, (_, k) => cohorts.reduce((sum, [units, age]) => sum
        + units * Math.max(0, F(Math.min(age + k + 1, warranty), eta, beta) - F(Math.min(age + k, warranty), eta, beta))
        / (1 - F(age, eta, beta)), 0));
    const worth = claims.map((n, k) => n * 5000 * (k < 12 ? 1 : 1.06 ** -((k + 0.5) / 12)));

    claims.forEach((n, k) => assert.ok(Math.abs(body.claims_by_period[k] - n) < 1e-9, `claims ${k}`));
    worth.forEach((n, k) => assert.ok(Math.abs(body.reserve_by_period[k] - n) < 1e-6, `money ${k}`));
    same(body, { status: 'ok', eta, beta, claims: claims.reduce((a, b) => a + b), reserve: worth.reduce((a, b) => a + b),
                 undiscounted: 5000 * claims.reduce((a, b) => a + b) }, 'sums');
    same(await stat('reserve', { failures: [[1, 9], [2, 7], [3, 5]], running: [[3, 89], [2, 134], [1, 146]],
                                 cohorts: [[89, 3], [134, 2], [146, 1]], periods: 1, cost: 100 }),
         { claims: '28.592', beta: '2.49', eta: '6.70' }, "ReliaSoft's October");
});

test('a reserve rolls forward to the minor unit', async () => {
    await cases('roll-forward', [
        [{ opening: 120000, accrued: 30000, settled: 45000, closing: 99999 }, { change: -5001, closing: 99999 }],
        [{ opening: 0, accrued: 0, settled: 0, closing: 0 }, { change: 0 }],
    ]);
    await refused('roll-forward', { opening: 0.5, accrued: 0, settled: 0, closing: 0 }, /whole amounts/);
});

test('the chance to lose money is averaged over what costs may be, the same for the same seed', async () => {
    const certain = { a: 104, b: 1256, margin: [8500, 8500, 8500], loss: [91500, 91500, 91500] };
    const one = await stat('uncertain-profit', { ...certain, margin: [6000, 8500, 11000], seed: 5 });

    same(await stat('uncertain-profit', certain), { p_loss: .120166422, p_error: 0, shortfall: .000465051651 * 100000, draws: 4000 }, 'certain');
    assert.deepEqual(await stat('uncertain-profit', { ...certain, margin: [6000, 8500, 11000], seed: 5 }), one);
    assert.ok(one.p_loss > .120166422 && one.p_error > 0 && one.profit_low < one.profit && one.profit < one.profit_high);
    await refused('uncertain-profit', { ...certain, margin: [9, 8, 7] }, /in that order/);
    await refused('uncertain-profit', { ...certain, a: 0 }, /0 < a/);
});

test('clusters that differ more than by chance widen the interval by their dispersion', async () => {
    // 10 % of 300; by lot 2, 10 and 18 of 100: X2 = (64 + 0 + 64) / 9 = 14.22, over two degrees of freedom.
    const phi = 128 / 9 / 2;
    const body = await stat('clustered-interval', { x: [2, 10, 18], n: [100, 100, 100] });
    const wilson = await stat('interval', { x: 30 / phi, n: 300 / phi });

    same(body, { rate: .1, dispersion: phi, low: wilson.low, high: wilson.high, level: .95 }, 'clusters');
    const even = await stat('clustered-interval', { x: [10, 10, 10], n: [100, 100, 100] });
    const plain = await stat('interval', { x: 30, n: 300 });

    same(even, { dispersion: 0, low: plain.low, high: plain.high }, 'no more than by chance');
    await refused('clustered-interval', { x: [1], n: [2] }, /two clusters/);
    await refused('clustered-interval', { x: [1, 3], n: [2, 2] }, /x <= n/);
    await refused('clustered-interval', { x: [1, 3], n: [2] }, /as many x as n/);
});

test('a line that grows by a tenth a month looks a fifth better than it is', async () => {
    // Recomputed: 30, 25, 20, 12, 8 and 5 % of returns come one to six months after the sale.
    const share = [.30, .25, .20, .12, .08, .05];

    await cases('flow-factor', [
        [{ growth: .1, share }, { factor: '.7895', flow_ratio: null }], [{ growth: 0, share, rate: .08 }, { factor: 1, flow_ratio: .08 }],
    ]);
    assert.ok((await stat('flow-factor', { growth: -.1, share })).factor > 1.2, 'and one that shrinks worse');
    await refused('flow-factor', { growth: -1, share }, /-1 < growth/);
    await refused('flow-factor', { growth: .1, share: [.5, .4] }, /sum to 1/);
});

test('the batters of 1977 are drawn to their mean as Efron and Morris print', async () => {
    const body = await stat('james-stein', { x: BATTERS.x, n: 45 });

    same(body, { weight: '.212', mean: .26543210 }, 'printed');
    printed(body.rates[0], '.294', 'first');
    printed(body.rates.at(-1), '.242', 'last');
    same(body, { weight: .21165342 }, 'recomputed');
    await refused('james-stein', { x: [1, 2, 3], n: 9 }, /four lines/);
    await refused('james-stein', { x: [1, 1, 1, 1], n: 9 }, /rates that differ/);
});

test('lives of shock absorbers, cars and locomotives are those that books print and R recomputes', async () => {
    const absorbers = await stat('weibull', {
        failures: each([6700, 9120, 12200, 13150, 14300, 17520, 20100, 20900, 22700, 26510, 27490]),
        running: each([6950, 7820, 8790, 9660, 9820, 11310, 11690, 11850, 11880, 12140, 12870, 13330, 13470, 14040, 17540, 17890,
                       18450, 18960, 18980, 19410, 20100, 20150, 20320, 23490, 27410, 27890, 28100]),
    });

    // Meeker and Escobar, table 8.1: mu and sigma of the logarithm, and their errors.
    printed(Math.log(absorbers.eta), '10.23', 'mu');
    printed(1 / absorbers.beta, '.3164', 'sigma');
    printed(absorbers.eta_error / absorbers.eta, '.1099', 'error of mu');
    // The table's .07316 is cut, not rounded: by differences of the likelihood it is this.
    printed(absorbers.beta_error / absorbers.beta ** 2, '.0731654', 'error of sigma');
    same(absorbers, { beta: 3.160470, eta: '27718.72', log_likelihood: -123.995361, interval: 'wald' }, 'absorbers');

    const cars = await stat('weibull', {
        failures: each([5248, 7454, 16890, 17200, 38700, 45000, 49390, 69040, 72280, 131900]),
        running: each([3961, 4007, 4734, 6054, 7298, 10190, 23060, 27160, 28690, 37100, 40060, 45670, 53000, 67000, 69630,
                       77350, 78470, 91680, 105700, 106300, 150400]),
    });

    // The documentation prints where a loose optimiser stopped, a little below the top.
    assert.ok(cars.log_likelihood >= -128.97384);
    same(cars, { eta: '134651.04', beta: 1.154427, log_likelihood: -128.973832 }, 'cars');
    same(await stat('weibull', {
        failures: each([22.5, 37.5, 46, 48.5, 51.5, 53, 54.5, 57.5, 66.5, 68, 69.5, 76.5, 77, 78.5, 80, 81.5, 82, 83, 84, 91.5, 93.5,
                        102.5, 107, 108.5, 112.5, 113.5, 116, 117, 118.5, 119, 120, 122.5, 123, 127.5, 131, 132.5, 134]),
        running: [[135, 59]],
    }), { beta: 2.331253, eta: '183.3988', log_likelihood: -237.382513 }, 'locomotives');
});

test('few failures have limits by the likelihood ratio, many by their errors, or either on request', async () => {
    const body = await stat('weibull', CAGES);
    const wald = await stat('weibull', { ...CAGES, interval: 'wald' });

    // By bisection of the profile in forty digits; half of 3.841459 below the top.
    same(body, { interval: 'profile', beta_low: .970931797526, beta_high: 3.57953830035, eta_low: 4044.99395019, eta_high: 213597.102515 }, 'cages');
    assert.ok(Math.abs(wald.beta_high - wald.beta * Math.exp(1.959963984540054 * wald.beta_error / wald.beta)) < 1e-9);
    const { log_likelihood } = await stat('weibull', { ...CAGES, beta: body.beta_high });

    assert.ok(Math.abs(body.log_likelihood - log_likelihood - 3.841459 / 2) < 1e-5);
    same(await stat('weibull', { failures: [[1, 9], [2, 7], [3, 5]], running: [[3, 89], [2, 134], [1, 146]], interval: 'profile' }),
         { interval: 'profile', beta_low: 1.72057564518, beta_high: 3.4322931061, eta_low: 4.95723834568, eta_high: 11.2401346813 }, 'ReliaSoft');
});

test('the remaining figures that are printed or recomputed come out', async () => {
    // Tarone's statistic by its formula: 215 hits of 810, sum of squares 2735.
    const tarone = ((2735 - 215 ** 2 / 18) / (215 / 810 * (595 / 810)) - 810) / Math.sqrt(2 * 18 * 45 * 44);

    printed(tarone, '.1731', 'batters');
    await cases('beta-binomial', [[BATTERS, { tarone }]]);
    await cases('maxsprt', [[{ length: 10, least: 1 }, { boundary: '3.467952' }]]);
    await cases('weibull', [
        [{ failures: [[1, 9], [2, 7], [3, 5]], running: [[3, 89], [2, 134], [1, 146]] }, { beta_error: '.43543', eta_error: '1.316049' }],
        [{ ...CAGES, interval: 'wald' }, { eta: '11792.178', beta_error: '.665675', eta_error: '9848.1' }],
    ]);
    const tubes = await stat('survival', { at_risk: [300, 197, 97], failed: [4, 5, 2] });

    ['.013333333', '.038375635', '.058202941'].forEach((text, i) => printed(tubes.failed[i], text, `F ${i}`));
    const split = await stat('product-split', { count_before: 1500, value_before: 220, count: 1700, value: 225 });

    assert.equal(split.inner + split.mix, 52500);
});

test("ReliaSoft's rounded parameters give its rounded forecast, and Minitab's exposure what it should have expected", async () => {
    const { by_cohort } = await stat('forecast', { running: [], eta: 6.70, beta: 2.49, cohorts: [[89, 3], [134, 2], [146, 1]], periods: 1 });

    ['11.7495', '11.0379', '5.7955'].forEach((text, i) => printed(by_cohort[i], text, `${i}`));
    // Twelve shipments of 1000, the oldest twelve months ago: not the 68.5201 of survivors only.
    same(await stat('forecast', {
        failures: [7, 5, 7, 10, 12, 4, 8, 6, 5, 5].map((n, i) => [i + 1, n]), convention: 'interval', cohorts: [],
        running: [998, 999, 998, 999, 994, 994, 988, 989, 993, 979, 1000, 1000].map((n, i) => [i + 1, n]),
        shipments: Array(12).fill(1000), periods: 12,
    }), { expected: 68.92437 }, 'exposure');
    await refused('forecast', { running: [], eta: 5, cohorts: [], periods: 1 }, /beta beside it/);
    await refused('forecast', { running: [], eta: -5, beta: 1, cohorts: [], periods: 1 }, /0 < eta/);
});

test('estimates of young cohorts name the method that the fraction reported calls for', async () => {
    const body = await stat('cape-cod', { returned: [90, 80, 40, 0], shipped: [1000, 1000, 1000, 1000], fraction: [.71, .7, .3, .29] });

    assert.deepEqual(body.methods, ['chain_ladder', 'bornhuetter_ferguson', 'bornhuetter_ferguson', 'cape_cod']);
    const triangle = await stat('triangle', { cumulative: [[50, 110, 210, 510], [78, 208, 408], [275, 875], [400]], level: .9 });

    assert.equal(triangle.low[0], 0);
    triangle.reserves.forEach((reserve, i) => assert.ok(triangle.low[i] <= reserve && reserve <= triangle.high[i], `${i}`));
    await refused('triangle', { cumulative: [[1, 2, 3], [1, 2], [1]], level: 1 }, /level/);
});

test('the shares of classes come with their errors', async () => {
    const body = await stat('incidence', { at_risk: [1000, 790, 500], failed: [[10, 30, 0], [200, 260, 500]] });

    assert.ok(Math.abs(body.errors[0][1] - Math.sqrt(.04 * .96 / 1000)) < 1e-9, 'uncensored: those of a binomial');
    assert.ok(body.low[0][1] < .04 && .04 < body.high[0][1]);
    await refused('incidence', { at_risk: [10], failed: [[1]], level: 1 }, /level/);
});

test('one rate is more, or less, than another with one-sided chances that sum to 1', async () => {
    const body = await stat('difference', { x1: 3, n1: 4, x2: 1, n2: 4 });

    // Fisher's tea: 17 of 70 orders are as good or better, 16 of them just as good.
    same(body, { mid_p_more: (1 + 8) / 70, mid_p_fewer: 1 - 9 / 70 }, 'tea');
});

test("the chart of shares advises Laney's limits where points vary more than chance", async () => {
    const n = [1000, 1000, 1000, 1000];

    same(await stat('p-chart', { x: [100, 300, 100, 300], n }), { laney: false, laney_advised: true }, 'varying');
    same(await stat('p-chart', { x: [100, 105, 98, 101], n }), { laney_advised: false }, 'by chance');
});

test('the best model that the data identify is named', async () => {
    const extreme = await stat('life-models', {
        failures: each([220, 179, 123, 146, 199, 181, 191, 216, 1, 73]),
        running: [[44798, 817], [62715, 823], [81474, 815], [80632, 813], [62716, 804]],
    });

    assert.equal(extreme.models.find(({ model }) => model === 'weibull').status, 'not_identified');
    assert.equal(extreme.models.find(({ model }) => model === extreme.chosen).status, 'ok');
    same(await stat('life-models', { running: [[5, 3]] }), { chosen: null, status: 'no_events' }, 'none');
});

test('reserves that make no sense are refused', async () => {
    const plan = { running: [], eta: 5, beta: 1, cohorts: [[1, 1]], periods: 2, cost: 1 };

    await refused('reserve', { ...plan, periods: 1.5 }, /whole periods/);
    await refused('reserve', { ...plan, cohorts: [[1]] }, /survivors, age/);
    await refused('reserve', { ...plan, cost: -1 }, /0 <= cost/);
    await refused('reserve', { ...plan, eta: undefined, beta: undefined, running: [[3, 5]] }, /Too few failures/);
    await refused('reserve', { ...plan, beta: 1000 }, /0.01 <= beta <= 100/);
});
