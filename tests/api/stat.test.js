// Published cases, checked from outside. Tolerance: half a unit of the last printed digit
// for printed numbers, a part in a million for recomputed ones.

import { strict as assert } from 'node:assert';
import { after, before, test } from 'node:test';
import { assertProblem, startDaemon } from '../fixture.js';
import { RAT_TUMOURS, BATTERS } from '../support/published.js';
import { same, statistics } from '../support/stat.js';

let api;
let staff;

before(async () => {
    api = await startDaemon();
    staff = { token: await api.as('manager') };
});
after(() => api?.stop());

const { stat, cases } = statistics((path, body) => api.post(path, body, staff));

test('intervals of one rate are those of Newcombe 1998, NIST, R and the reliability documentation', async () => {
    const by = (method, x, n, low, high, level) => [{ x, n, method, ...(level && { level }) }, { low, high }];

    await cases('interval', [
        by('wilson', 81, 263, '.2553', '.3662'), by('wilson_corrected', 81, 263, '.2535', '.3682'),
        by('clopper_pearson', 81, 263, '.2527', '.3676'), by('mid_p', 81, 263, '.2544', '.3658'),
        by('wilson', 81, 263, .25528852, .36620958), by('clopper_pearson', 81, 263, .25273675, .36762192),
        by('jeffreys', 81, 263, .25452193, .36564750),
        by('wilson', 0, 20, 0, '.1611'), by('wilson_corrected', 0, 20, 0, '.2005'),
        by('clopper_pearson', 0, 20, 0, '.1684'), by('mid_p', 0, 20, 0, '.1391'),
        by('wilson', 0, 20, 0, .16112516), by('wilson_corrected', 0, 20, 0, .20045335),
        by('clopper_pearson', 0, 20, 0, .16843347), by('mid_p', 0, 20, 0, .13910834),
        by('clopper_pearson', 29, 30, .8278305443665873, .9991564290733695),
        by('wilson', 29, 30, .83329609, .99409141),
        by('clopper_pearson', 4, 20, .071353884, .401028120, 0.9),
        by('wilson', 4, 20, .09311802, .37837669, 0.9),
        by('wilson', 0, 1, 0, .79345069), by('wilson', 1, 1, .20654931, 1),
        by('wilson', 0, 10, 0, .27753280), by('wilson', 10, 10, .72246720, 1),
        by('clopper_pearson', 0, 1, 0, .975), by('clopper_pearson', 1, 1, .025, 1),
        by('clopper_pearson', 0, 10, 0, .30849711), by('clopper_pearson', 10, 10, .69150289, 1),
        by('wilson', 3, 3000, .00034014722, .0029361438),
        by('clopper_pearson', 3, 3000, .00020627154, .0029196165),
        by('jeffreys', 3, 3000, .00028172259, .0026663459),
    ]);
});

test('two rates are compared as Newcombe 1998b, the reliability documentation and R do', async () => {
    await cases('difference', [
        [{ x1: 56, n1: 70, x2: 48, n2: 80 }, { low: '.0524', high: '.3339' }],
        [{ x1: 56, n1: 70, x2: 48, n2: 80 }, { low: .052431472, high: .333872654 }],
        [{ x1: 490, n1: 500, x2: 770, n2: 800 },
            { wald_low: -.0004972498915, wald_high: .03549724989, z_test_p: '.0754760', fisher_p: '.0977520' }],
    ]);
});

test('intervals of events are those of the standard tables', async () => {
    await cases('poisson-interval', [
        [{ x: 0 }, { low: 0, high: 3.68887945 }], [{ x: 1 }, { low: .02531781, high: 5.57164339 }],
        [{ x: 3 }, { low: .61867212, high: 8.7672731 }], [{ x: 10 }, { low: 4.7953887, high: 18.390356 }],
    ]);
});

test('the failures of 3,555,491 drive-days are those that tlatorre.com prints', async () => {
    const exposure = 3555491 / 365 / 100; // in hundreds of drive-years: per cent a year

    await cases('rate-posterior', [
        [{ x: 50, exposure }, { mean: '.52', at_most: '.65' }],
        [{ x: 50, exposure }, { mean: .523556381, at_most: .649693166 }],
    ]);
    await cases('poisson-interval', [
        [{ x: 50, exposure }, { rate: .513290569, low: .380974154, high: .676709626 }],
    ]);
});

test('tails of counts are those of R', async () => {
    await cases('exact', [
        [{ count: 25, n: 500, p: 0.03 }, { at_least: .010062419 }],
        [{ count: 20, mean: 10 }, { at_least: .003454342 }],
    ]);
});

test('the rat tumours have the prior that the book prints and R recomputes', async () => {
    const body = await stat('beta-binomial', { ...RAT_TUMOURS, units_min: 1 });

    same(body, { mean: '.136', sd: '.103', moment_a: '1.4', moment_b: '8.6' }, 'printed');
    same(body, { mean: .13600654, sd: .10349227, moment_a: 1.3561494, moment_b: 8.6150579,
                 log_likelihood: -154.14025, tarone: 7.17607, status: 'ok', pooled: false }, 'recomputed');
    // R's search stops 2.5 parts in a million short of the top.
    assert.ok(Math.abs(body.a / 2.3047776 - 1) < 3e-6 && Math.abs(body.b / 14.079775 - 1) < 3e-6);
});

test('the batters of 1977 do not differ measurably and get one rate', async () => {
    const body = await stat('beta-binomial', BATTERS);

    same(body, { status: 'not_identified', pooled: true, a: null, b: null, pooled_rate: .26543210 }, 'batters');
    assert.ok(body.tarone < 1.645);
    assert.ok(body.rates.every((rate) => Math.abs(rate - .2654321) < 1e-6));
});

test('the worked profit case has the figures of R', async () => {
    const [M, L] = [8500, 91500];

    await cases('profit', [[{ a: 104, b: 1256, margin: M, loss: L }, {
        rate: .0764705882, low: .0629530322, high: .0911674021, break_even: .085, p_above: .120166422,
        excess: .000465051651, shortfall: .000465051651 * (M + L),
    }]]);
});

test("the marketplace's example costs twenty fee units", async () => {
    await cases('marketplace-fee', [
        [{ shipped: 1000, returned: 120, threshold: 0.1 }, { rate: 0.12, exempt: false, fee_units: 20 }],
        [{ shipped: 24, returned: 20, threshold: 0.1 }, { exempt: true, fee_units: 0 }],
    ]);
});

test('numbers that do not go together are refused with a sentence', async () => {
    for (const [name, body] of [
        ['interval', { x: 3, n: 2 }], ['interval', { x: 0, n: 0 }], ['interval', { x: 1, n: 2, level: 1 }],
        ['poisson-interval', { x: -1 }], ['poisson-interval', { x: 1, exposure: 0 }],
        ['rate-posterior', { x: 1, exposure: 0 }], ['difference', { x1: 2, n1: 1, x2: 0, n2: 5 }],
        ['difference', { x1: 0.5, n1: 1, x2: 0, n2: 5 }], ['exact', { count: 3 }],
        ['exact', { count: 3, mean: 1, n: 5, p: 0.1 }], ['exact', { count: 6, n: 5, p: 0.1 }],
        ['beta-binomial', { x: [1, 2], n: [5] }], ['beta-binomial', { x: [6], n: [5] }],
        ['profit', { a: 0, b: 1, margin: 1, loss: 1 }],
        ['marketplace-fee', { shipped: 0, returned: 0, threshold: 0.1 }],
    ]) {
        const answer = await api.post(`/api/v1/analytics/stat/${name}`, body, staff);

        assertProblem(answer, 422, 'invalid_value');
        assert.ok(answer.body.detail.length > 10, name);
    }
});

test('what is no number, no list or too much of it is refused by its field', async () => {
    const fault = async (name, body) => {
        const answer = await api.post(`/api/v1/analytics/stat/${name}`, body, staff);

        assertProblem(answer, 422, 'invalid_fields');
        return answer.body.errors.map(({ pointer, code }) => `${pointer} ${code}`);
    };

    assert.deepEqual(await fault('interval', { x: '3', n: true }), ['/x wrong_type', '/n wrong_type']);
    assert.deepEqual(await fault('interval', { x: 3, n: 1e16 }), ['/n out_of_range']);
    assert.deepEqual(await fault('interval', { x: 3, n: 4, level: 2, method: 'wald' }),
                     ['/level out_of_range', '/method not_one_of']);
    assert.deepEqual(await fault('interval', {}), ['/x missing', '/n missing']);
    assert.deepEqual(await fault('beta-binomial', { x: [], n: 3 }), ['/x out_of_range', '/n wrong_type']);
    assert.deepEqual(await fault('beta-binomial', { x: [1, null], n: Array(501).fill(1) }),
                     ['/x wrong_type', '/n out_of_range']);
});

test('the calculator is for staff', async () => {
    const path = '/api/v1/analytics/stat/interval';

    assertProblem(await api.post(path, { x: 1, n: 2 }), 401, 'not_signed_in');
    assertProblem(await api.post(path, { x: 1, n: 2 }, { token: await api.as('partner') }), 403, 'forbidden');
});
