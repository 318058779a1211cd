// Published cases of survival, repairs and triangles, checked from outside.

import { strict as assert } from 'node:assert';
import { after, before, test } from 'node:test';
import { startDaemon } from '../fixture.js';
import { printed, same, statistics } from '../support/stat.js';

let api;
let stat;
let refused;

before(async () => {
    api = await startDaemon();
    const staff = { token: await api.as('manager') };

    ({ stat, refused } = statistics((path, body) => api.post(path, body, staff)));
});
after(() => api?.stop());

const list = (values, expected, what) => {
    assert.equal(values.length, expected.length, what);
    expected.forEach((text, i) => printed(values[i], text, `${what} ${i}`));
};

// Units of one kind each, at risk at each failure: both from ages.
const atFailures = (failures, running) => ({
    at_risk: failures.map((age) => [...failures, ...running].filter((other) => other >= age).length),
    failed: failures.map(() => 1),
});

test('the cars of Krivtsov and Case survive as the reliability documentation prints', async () => {
    const failures = [5248, 7454, 16890, 17200, 38700, 45000, 49390, 69040, 72280, 131900];
    const running = [3961, 4007, 4734, 6054, 7298, 10190, 23060, 27160, 28690, 37100, 40060, 45670, 53000, 67000, 69630,
                     77350, 78470, 91680, 105700, 106300, 150400];
    const body = await stat('survival', { ...atFailures(failures, running), method: 'plain' });

    list(body.failed.map((failed) => 1 - failed), ['.964286', '.925714', '.885466', '.845217', '.795499', '.742465',
                                                   '.685353', '.616817', '.539715', '.269858'], 'survival');
    printed(1 - body.high[5], '.560893', 'low');
    printed(1 - body.low[5], '.924037', 'high');
});

test('the heat exchanger tubes have the errors and intervals of Meeker and Escobar', async () => {
    const body = await stat('survival', { at_risk: [300, 197, 97], failed: [4, 5, 2], method: 'logit' });

    list(body.failed, ['.0133', '.0384', '.0582'], 'F');
    list(body.error, ['.0066', '.0128', '.0187'], 'se');
    list(body.low, ['.0050', '.0198', '.0307'], 'low');
    list(body.high, ['.0350', '.0730', '.1076'], 'high');
});

test("ReliaSoft's table by month of age has the recomputed shares", async () => {
    const body = await stat('survival', { at_risk: [390, 235, 94], failed: [9, 7, 5] });

    list(body.failed, ['.02307692', '.05217676', '.10259289'], 'F');
    list(body.error, ['.00760303', '.01310655', '.02520536'], 'se');
});

test('the curve ends where nobody is at risk, and has no error once all have failed', async () => {
    const all = await stat('survival', { at_risk: [2, 1, 0], failed: [1, 1, 0] });

    same(all, { status: 'ok', failed: [.5, 1] }, 'all');
    printed(all.error[0], '.3535534', 'error');
    assert.deepEqual([all.error[1], all.low[1], all.high[1]], [null, null, null]);
    same(await stat('survival', { at_risk: [9], failed: [0] }), { status: 'no_events', failed: [0] }, 'none');
    same(await stat('survival', { at_risk: [100], failed: [5], withdrawn: [10], withdrawal: 'during' }),
         { hazard: [5 / 95] }, 'actuarial');
});

test('the shares of several classes sum to the share that has failed', async () => {
    const at_risk = [1000, 800, 500];
    const { incidence } = await stat('incidence', { at_risk, failed: [[10, 20, 5], [40, 8, 10]] });
    const { failed } = await stat('survival', { at_risk, failed: [50, 28, 15] });

    failed.forEach((share, k) => assert.ok(Math.abs(incidence[0][k] + incidence[1][k] - share) < 1e-14));
});

test('repairs per unit are those of ReliaWiki', async () => {
    const body = await stat('mcf', {
        repairs: [5, 6, 10, 12, 13, 13, 15, 15, 16, 17, 20, 22, 25, 25], ends: [17, 19, 26, 24, 28], level: .9,
    });

    list(body.mean, ['.2', '.4', '.6', '.8', '1', '1.2', '1.4', '1.6', '1.8', '2', '2.33333', '2.66667', '3.16667',
                     '3.66667'], 'mean');
    list(body.variance, ['.032', '.064', '.096', '.128', '.16', '.192', '.224', '.256', '.288', '.32', '.394074',
                         '.468148', '.593148', '.718148'], 'variance');
    printed(body.low[0], '.0459299', 'low');
    printed(body.high[0], '.870893', 'high');
});

test('the triangle of Taylor and Ashe has the reserves and errors that Mack prints', async () => {
    const body = await stat('triangle', {
        cumulative: [
            [357848, 1124788, 1735330, 2218270, 2745596, 3319994, 3466336, 3606286, 3833515, 3901463],
            [352118, 1236139, 2170033, 3353322, 3799067, 4120063, 4647867, 4914039, 5339085],
            [290507, 1292306, 2218525, 3235179, 3985995, 4132918, 4628910, 4909315],
            [310608, 1418858, 2195047, 3757447, 4029929, 4381982, 4588268],
            [443160, 1136350, 2128333, 2897821, 3402672, 3873311],
            [396132, 1333217, 2180715, 2985752, 3691712],
            [440832, 1288463, 2419861, 3483130],
            [359480, 1421128, 2864498],
            [376686, 1363294],
            [344014],
        ],
    });

    list(body.factors, ['3.490607', '1.747333', '1.457413', '1.173852', '1.103824', '1.086269', '1.053874', '1.076555',
                        '1.017725'], 'factors');
    list(body.reserves, ['0', '94634', '469511', '709638', '984889', '1419459', '2177641', '3920301', '4278972',
                         '4625811'], 'reserves');
    list(body.errors, ['0', '75535', '121699', '133549', '261406', '411010', '558317', '875328', '971258', '1363155'],
         'errors');
    same(body, { reserve: '18680856', error: '2447095', dispersion: '52601', driven: false }, 'total');
});

test("Minitab's table has the recomputed ultimates, and one cell that drives them is told", async () => {
    const body = await stat('triangle', { cumulative: [[50, 110, 210, 510], [78, 208, 408], [275, 875], [400]] });

    list(body.factors, ['2.96029777', '1.94339623', '2.42857143'], 'factors');
    list(body.ultimates, ['510.000', '990.857', '4129.717', '5588.659'], 'ultimates');
    assert.equal(body.driven, true);
    same(await stat('triangle', { cumulative: [[3, 6, 11], [2, 6], [4]] }),
         { factors: [12 / 5, 11 / 6], errors: [], error: null }, 'ReliaSoft');
});

test("Minitab's table becomes the printed intervals and suspensions, by age and by calendar", async () => {
    const shipped = [10000, 15000, 23000, 32000];
    const rows = [[50, 60, 100, 300], [78, 130, 200], [275, 600], [400]];
    const expected = { failed: [803, 790, 300, 300], withdrawn: [31600, 22125, 14592, 9490] };
    const calendar = rows.map((row, i) => [...Array(i).fill(0), ...row]);

    same(await stat('nevada', { shipped, returned: rows }), expected, 'age');
    same(await stat('nevada', { shipped, returned: calendar, columns: 'calendar' }), expected, 'calendar');
});

test('young cohorts rely on the prior and old ones on themselves', async () => {
    const rate = 170 / 1600;
    const body = await stat('cape-cod', { returned: [90, 80, 0], shipped: [1000, 1000, 1000], fraction: [.9, .5, .2] });

    same(body, { rate }, 'rate');
    [100, 80 + 500 * rate, 1000 * rate].forEach((value, i) => assert.ok(Math.abs(body.chosen[i] - value) < 1e-9));
});

test('counts that cannot be are refused with what they must be', async () => {
    await refused('survival', { at_risk: [1], failed: [2] }, /<= at_risk/);
    await refused('survival', { at_risk: [1, 2], failed: [1] }, /as many counts/);
    await refused('incidence', { at_risk: [1], failed: [[1], [1]] }, /together <= at_risk/);
    await refused('incidence', { at_risk: [1], failed: [[1, 2]] }, /as many counts/);
    await refused('mcf', { repairs: [30], ends: [10] }, /beyond the last end/);
    await refused('triangle', { cumulative: [[1, 2], [1]] }, /three ages/);
    await refused('triangle', { cumulative: [[0, 0, 1], [0, 1], [1]] }, /something that came back/);
    await refused('triangle', { cumulative: [[1, 2, 3], [1, 2, 3, 4]] }, /no row longer/);
    await refused('triangle', { cumulative: [[]] }, /not negative/);
    await refused('nevada', { shipped: [9, 9], returned: [[1, 1], [1, 1]], columns: 'calendar' }, /row 2, column 1, came back before/);
    await refused('nevada', { shipped: [9, 9], returned: [[1, 1], [1, 1]] }, /row 2, column 2, are of an age/);
    await refused('nevada', { shipped: [9, 9], returned: [[1, -1], [1]] }, /row 1, column 2, are fewer than none/);
    await refused('nevada', { shipped: [9, 9], returned: [[9, 1], [1]] }, /row 1, column 2, make more/);
    await refused('nevada', { shipped: [9, 9], returned: [[1], [1]] }, /as many columns as rows/);
    await refused('nevada', { shipped: [9], returned: [[1, 1], [1]] }, /a row of returns/);
    await refused('cape-cod', { returned: [2], shipped: [1], fraction: [1] }, /returned <= shipped/);
    await refused('cape-cod', { returned: [2], shipped: [1], fraction: [1, 1] }, /three numbers/);
});
