// How long units last: published cases, checked from outside.

import { strict as assert } from 'node:assert';
import { after, before, test } from 'node:test';
import { assertProblem, startDaemon } from '../fixture.js';
import { same, statistics } from '../support/stat.js';

let api;
let staff;

before(async () => {
    api = await startDaemon();
    staff = { token: await api.as('manager') };
});
after(() => api?.stop());

const { stat, cases } = statistics((path, body) => api.post(path, body, staff));
const each = (ages) => ages.map((age) => [age, 1]);

/** ReliaSoft: returns of three shipments, ages in months. */
const NEVADA = { failures: [[1, 9], [2, 7], [3, 5]], running: [[3, 89], [2, 134], [1, 146]] };
const NEVADA_COHORTS = [[89, 3], [134, 2], [146, 1]];
/** Minitab: twelve shipments of 1000 compressors; survivors by age in months. */
const SURVIVORS = [998, 999, 998, 999, 994, 994, 988, 989, 993, 979, 1000, 1000].map((n, i) => [n, i + 1]);
const COMPRESSORS = {
    failures: [7, 5, 7, 10, 12, 4, 8, 6, 5, 5].map((n, i) => [i + 1, n]), convention: 'interval',
    running: SURVIVORS.map(([n, age]) => [age, n]),
};

test('Weibull fits are those of ReliaSoft, NIST, Meeker and Escobar, and R', async () => {
    await cases('weibull', [
        [NEVADA, { beta: '2.49', eta: '6.70', status: 'ok', failures: 21, oldest: 3 }],
        [NEVADA, { beta: 2.492775, eta: 6.695053, log_likelihood: -85.909170, eta_error: 1.316049 }],
        [{ failures: each([54, 187, 216, 240, 244, 335, 361, 373, 375, 386]), running: [[500, 10]] },
            { beta: '1.7208', log_likelihood: '-75.135', aic: '154.27', mean: '540.737', sd: '323.806' }],
        [{ failures: each([230, 334, 423, 990, 1009, 1510]),
           running: [[50, 288], [150, 148], [250, 124], [350, 111], [450, 106], [550, 99], [650, 110],
                     [750, 114], [850, 119], [950, 127], [1050, 123], [1150, 93], [1250, 47],
                     [1350, 41], [1450, 27], [1550, 11], [1650, 6], [1850, 1], [2050, 2]] },
            { beta: '2.035', eta: '11792', b10: '3903', log_likelihood: -76.436896, beta_error: .665675 }],
        [{ failures: [[0, 1, 4], [1, 2, 5], [2, 3, 2]], running: [[3, 95], [2, 95], [1, 99]] },
            { beta: 1.345515, eta: 23.61992, log_likelihood: -54.414705 }],
        [COMPRESSORS, { beta: 1.264937, eta: '398.062', log_likelihood: -551.8561 }],
    ]);
});

test('a scale far beyond the data converges and is told as not identified', async () => {
    const body = await stat('weibull', {
        failures: each([220, 179, 123, 146, 199, 181, 191, 216, 1, 73]),
        running: [[44798, 817], [62715, 823], [81474, 815], [80632, 813], [62716, 804]],
    });

    same(body, { status: 'not_identified', beta: .15374533, log_likelihood: -144.616759 }, 'extreme');
    assert.ok(Math.abs(Math.log(body.eta) / 50.177160 - 1) < 1e-6);
});

test('too little for a shape takes one from the family', async () => {
    await cases('weibull', [
        [{ running: [[10, 5], [20, 3]] }, { status: 'no_events', eta: null, eta_at_least: null }],
        [{ running: [[10, 5], [20, 3]], beta: 2 },
            { status: 'no_events', eta: null, beta: 2, eta_at_least: Math.sqrt(1700 / -Math.log(.05)) }],
        [{ failures: [[2, 2]], running: [[3, 80]] }, { status: 'not_identified', eta: null, aic: null }],
        [{ failures: [[2, 2]], running: [[3, 80]], beta: 1 }, { status: 'ok', eta: 122, beta_error: null }],
    ]);
});

test('models are told the best first, with what they fitted', async () => {
    const body = await stat('life-models', COMPRESSORS);
    const weibull = body.models.find(({ model }) => model === 'weibull');
    const known = body.models.filter(({ aic }) => aic !== null);

    assert.equal(body.models.length, 4);
    assert.deepEqual(known.map(({ aic }) => aic), known.map(({ aic }) => aic).toSorted((a, b) => a - b));
    same(weibull, { status: 'ok', log_likelihood: -551.8561, fitted: 2, dead: 0, defective: 1 }, 'weibull');
    same(await stat('life-models', { running: [[3, 9]] }), { status: 'no_events', models: [] }, 'none');
});

test("ReliaSoft's forecast comes out, and half of it with months as intervals", async () => {
    const body = await stat('forecast', { ...NEVADA, cohorts: NEVADA_COHORTS, periods: 1 });
    const intervals = await stat('forecast', { ...NEVADA, convention: 'interval', cohorts: NEVADA_COHORTS, periods: 1 });

    // R printed the variances 25.898 and 65.920; the closed forms are these.
    same(body, { expected: '28.592', process_variance: 25.898535, parameter_variance: 65.921105,
                 far: false, calibrated_low: null }, 'October');
    same(Object.fromEntries(body.by_cohort.entries()), { 0: '11.762', 1: '11.041', 2: '5.789' }, 'cohorts');
    same(intervals, { expected: '15.4' }, 'intervals');
});

test("Minitab's predictions come out", async () => {
    const shipments = Array(5).fill(1000);
    const printed = [
        // Minitab prints 45.9517 where 45.9516 follows from its own 60.1892.
        ['13.1073', '7.0000', '22.3660'], ['27.4930', '18.1933', '39.8678'], ['43.1798', '31.2722', '58.1271'],
        ['60.1892', '45.9516', '77.4449'], ['78.5416', '62.1373', '97.9488'],
    ];

    await cases('forecast', printed.map(([expected, poisson_low, poisson_high], i) =>
        [{ ...COMPRESSORS, cohorts: SURVIVORS, shipments, periods: i + 1 },
         { expected, poisson_low, poisson_high }]));
    await cases('forecast', [
        [{ ...COMPRESSORS, cohorts: SURVIVORS, periods: 1 }, { expected: '12.59312' }],
        [{ ...COMPRESSORS, cohorts: SURVIVORS, periods: 5 }, { expected: '67.8331' }],
        [{ ...COMPRESSORS, cohorts: SURVIVORS, periods: 5, warranty: 1 }, { expected: 0, low: 0, high: 0 }],
    ]);
});

test('few failures get calibrated bounds, the same for the same seed', async () => {
    const few = {
        failures: each([3.5, 5.2, 5.9, 4.1, 3.8]),
        running: [[6, 197], [5, 199], [4, 199], [3, 200], [2, 200], [1, 200]],
        cohorts: [[197, 6], [199, 5], [199, 4], [200, 3], [200, 2], [200, 1]], periods: 3,
    };
    const [one, same, other] = await Promise.all([5, 5, 6].map((seed) => stat('forecast', { ...few, seed })));

    assert.deepEqual(one, same);
    assert.equal(one.seed, 5);
    assert.notEqual(other.replicates, null);
    assert.ok(one.calibrated_low <= one.expected && one.expected <= one.calibrated_high);
    assert.ok(one.calibrated_low <= one.poisson_low && one.poisson_high <= one.calibrated_high);
});

test('ages, cohorts and terms that make no sense are refused with a sentence', async () => {
    const plan = { ...NEVADA, cohorts: NEVADA_COHORTS, periods: 1 };

    for (const [name, body] of [
        ['weibull', { running: [] }], ['weibull', { running: [], failures: [[1]] }],
        ['weibull', { running: [], failures: [[3, 1, 5]] }],
        ['weibull', { running: [], failures: [[1, -5]] }], ['weibull', { running: [[1, 2, 3]] }],
        ['weibull', { running: [], failures: [[0, 5]] }], ['weibull', { ...NEVADA, beta: 0 }],
        ['weibull', { ...NEVADA, level: 1 }], ['life-models', { running: [] }], ['life-models', { running: [[-1, 2]] }],
        ['forecast', { ...plan, periods: 0 }], ['forecast', { ...plan, warranty: 0 }],
        ['forecast', { ...plan, cohorts: [[1]] }], ['forecast', { ...plan, cohorts: [[-1, 2]] }],
        ['forecast', { ...plan, shipments: [-1] }], ['forecast', { ...plan, level: 0 }],
        ['forecast', { ...plan, model: 'lognormal', beta: 2 }],
    ]) {
        const answer = await api.post(`/api/v1/analytics/stat/${name}`, body, staff);

        assertProblem(answer, 422, 'invalid_value');
        assert.ok(answer.body.detail.length > 10, name);
    }
});
