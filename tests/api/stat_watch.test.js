// Published cases of charts, sequential tests and attribution, checked from outside.

import { strict as assert } from 'node:assert';
import { after, before, test } from 'node:test';
import { startDaemon } from '../fixture.js';
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

const WAFERS = [12, 15, 8, 10, 4, 7, 16, 9, 14, 10, 5, 6, 17, 12, 22, 8, 10, 5, 13, 11, 20, 18, 24, 15, 9, 12, 7, 13, 9, 6];
const MEANS = [
    9.45, 7.99, 9.29, 11.66, 12.16, 10.18, 8.04, 11.46, 9.20, 10.34, 9.03, 11.47, 10.51, 9.40, 10.08,
    9.37, 10.62, 10.31, 8.52, 10.84, 10.90, 9.33, 12.29, 11.50, 10.60, 11.08, 10.38, 11.62, 11.31, 10.52,
];

test('the wafers of NIST and Montgomery have the printed limits, with and without their two outliers', async () => {
    const chart = async (x) => stat('p-chart', { x, n: x.map(() => 50) });
    const all = await chart(WAFERS);
    const rest = await chart(WAFERS.filter((_, i) => i !== 14 && i !== 22));

    same(all, { centre: '.2313', signals: [15, 23], laney: false }, 'all');
    printed(all.low[0], '.0524', 'low');
    printed(all.high[0], '.4102', 'high');
    same(rest, { centre: '.2150', signals: [20] }, 'rest');
    printed(rest.low[0], '.0407', 'low');
    printed(rest.high[0], '.3893', 'high');
});

test("Laney's chart widens the limits by what the points vary more than chance", async () => {
    const x = [100, 300, 100, 300];
    const n = [1000, 1000, 1000, 1000];
    const plain = await stat('p-chart', { x, n });
    const laney = await stat('p-chart', { x, n, laney: true });

    assert.deepEqual([plain.signals.length, laney.signals.length], [4, 0]);
    assert.ok(laney.high[0] - laney.centre > (plain.high[0] - plain.centre) * 1.2 && laney.sigma_z > 1.2);
});

test("Montgomery's moving average and sums signal where the book says", async () => {
    const ewma = await stat('ewma', { x: MEANS, target: 10, sigma: 1, weight: 0.1, width: 2.7 });
    const cusum = await stat('cusum', { kind: 'means', x: MEANS, target: 10, sigma: 1, reference: 0.5, limit: 5 });

    for (const [i, value] of [[0, '9.945'], [1, '9.7495'], [27, '10.57314'], [28, '10.64682']])
        printed(ewma.values[i], value, `z${i + 1}`);
    assert.equal(ewma.signals[0], 29);
    printed(ewma.high[28], '10.61873', 'limit');
    printed(cusum.values[28], '5.28', 'C29');
    printed(cusum.values[29], '5.30', 'C30');
    assert.equal(cusum.signals[0], 29);
});

test('sums of counts and of single units rise with the events and fall without', async () => {
    const counts = await stat('cusum', { kind: 'counts', x: [2, 2, 9, 9], expected: [2, 2, 2, 2], ratio: 2, limit: 6 });
    const units = await stat('cusum', { kind: 'bernoulli', x: [0, 1, 1, 1], p0: 0.05, p1: 0.2, limit: 3 });

    assert.deepEqual(counts.values.slice(0, 2), [0, 0]);
    assert.ok(Math.abs(counts.values[2] - (9 - 2 / Math.log(2))) < 1e-12);
    assert.deepEqual(counts.signals, [3, 4]);
    assert.ok(Math.abs(units.values[3] - 3 * Math.log(4)) < 1e-12);
    assert.deepEqual(units.signals, [4]);
});

test('boundaries, power and times of the sequential test are those of the package Sequential', async () => {
    await cases('maxsprt', [
        ...[[1, 2.853937149], [2, 3.046977463], [3, 3.162105817], [5, 3.297182797], [8, 3.41378225],
            [10, 3.46795158], [20, 3.628123016]].map(([length, boundary]) => [{ length, least: 1 }, { boundary }]),
        [{ length: 10, least: 1, ratio: 2 }, { power: '.6850634', signal_time: '4.130985', length: '5.979353' }],
        [{ length: 10, observed: 4, expected: 0.5 }, { llr: 4.81776617, signal: true }],
        [{ length: 10, observed: 6, expected: 2 }, { llr: 2.59167373, signal: false }],
        [{ length: 10, observed: 12, expected: 5 }, { llr: 3.50562485 }],
        [{ length: 10, observed: 3, expected: 0.1 }, { signal: false }],
    ]);
});

test("the test of a suspect lot has NIST's lines", async () => {
    const lot = (n) => ({ p1: 0.01, p2: 0.10, alpha: 0.05, beta: 0.10, n });

    await cases('sprt', [
        [lot(1), { accept: '.939', reject: '1.205', slope: '.0397' }],
        [lot(1), { accept: .9388616, reject: 1.2053786, slope: .03974743, k: 2.3978953 }],
        [lot(19), { reject_at: 2 }], [lot(20), { reject_at: 3 }],
        [lot(23), { accept_at: -1 }], [lot(24), { accept_at: 0 }],
    ]);
});

test('the p-values of Benjamini and Hochberg 1995 are adjusted as in R', async () => {
    const p = [.0001, .0004, .0019, .0095, .0201, .0278, .0298, .0344, .0459, .3240, .4262, .5719, .6528, .7590, 1];
    const expected = [.0015, .003, .0095, .035625, .0603, .0638571, .0638571, .0645, .0765, .486, .581182, .714875,
                      .753231, .813214, 1];
    const bh = await stat('false-discovery', { p });
    const by = await stat('false-discovery', { p, method: 'by' });

    expected.forEach((value, i) => assert.ok(Math.abs(bh.adjusted[i] - value) < 1e-6, `${i}: ${bh.adjusted[i]}`));
    assert.equal(bh.adjusted.filter((value) => value <= 0.05).length, 4);
    assert.ok(by.adjusted.every((value, i) => value >= bh.adjusted[i]));
});

test('events are held against what the ages of the units let expect', async () => {
    same(await stat('observed-expected', { observed: 20, at_risk: [500, 250], hazard: [.01, .02] }),
         { expected: 10, ratio: 2, low: '1.22165', high: '3.08884' }, 'twice as many');
});

test('the effects of rate and mix sum to the change, to the last digit', async () => {
    const body = await stat('rate-mix', {
        shipped_before: [900, 100, 0], returned_before: [90, 0, 0], shipped: [900, 0, 100], returned: [90, 0, 30],
    });

    same(body, { change: .03, excess: [0, 0, 21] }, 'change');
    assert.ok(Math.abs([...body.rate_effects, ...body.mix_effects].reduce((a, b) => a + b) - body.change) < 1e-15);
    await cases('product-split', [
        [{ count_before: 1000, value_before: 200, count: 1000, value: 220 }, { inner: 20000, mix: 0 }],
        [{ count_before: 1000, value_before: 220, count: 1500, value: 220 }, { inner: 0, mix: 110000 }],
        [{ count_before: 1500, value_before: 220, count: 1700, value: 225 }, { inner: 7500, mix: 45000 }],
    ]);
});

test('Adtributor blames mobile and tablet, not the data centre, as its paper does', async () => {
    const body = await stat('adtributor', {
        expected: [[94, 6], [50, 20, 20, 10], [50, 25, 25]], actual: [[47, 3], [24, 21, 4, 1], [49, 1, 0]],
    });

    assert.deepEqual([body.dimension, body.elements], [2, [1, 2]]);
    printed(body.powers[0][0], '.94', 'X');
    printed(body.powers[2][1], '.48', 'mobile');
    printed(body.powers[2][2], '.50', 'tablet');
    assert.equal(body.surprises[0][0], 0);
    printed(body.surprises[2][1], '.05792784', 'mobile');
    printed(body.surprises[2][2], '.08664340', 'tablet');
});

test('a planted cluster of serials is found where it is, the same each time', async () => {
    const events = Array.from({ length: 100 }, (_, i) => (i >= 40 && i < 50 ? 12 : i % 3 + 3));
    const body = { events, exposure: events.map(() => 100) };
    const found = await stat('scan', body);

    same(found, { first: 40, last: 49, observed: 120, p: .001, replicates: 999, seed: 1 }, 'window');
    assert.deepEqual(await stat('scan', body), found);
});

test('numbers that do not go together are refused with what they must be', async () => {
    await refused('p-chart', { x: [1], n: [2, 3] }, /as many x as n/);
    await refused('p-chart', { x: [3], n: [2] }, /0 <= x <= n/);
    await refused('ewma', { x: [1], target: 1, sigma: 0 }, /0 < sigma/);
    await refused('cusum', { kind: 'means', x: [1], limit: 5 }, /a target/);
    await refused('cusum', { kind: 'counts', x: [1, 2], expected: [1], limit: 5 }, /as many expected/);
    await refused('cusum', { kind: 'bernoulli', x: [2], p0: .1, p1: .2, limit: 5 }, /0 or 1/);
    await refused('maxsprt', { length: 0 }, /0 < length <= 200/);
    await refused('maxsprt', { length: 10, ratio: -1 }, /0 < ratio/);
    await refused('sprt', { p1: .2, p2: .1 }, /p1 < p2/);
    await refused('false-discovery', { p: [2] }, /0 <= p <= 1/);
    await refused('observed-expected', { observed: 1, at_risk: [1], hazard: [0] }, /something that is expected/);
    await refused('rate-mix', { shipped_before: [1], returned_before: [2], shipped: [1], returned: [1] }, /returned <= shipped/);
    await refused('adtributor', { expected: [[1, 2]], actual: [[1, 2]] }, /there is none/);
    await refused('adtributor', { expected: [[1, 2]], actual: [[1]] }, /each element/);
    await refused('scan', { events: [1, 1], exposure: [1, 1] }, /more events/);
});
