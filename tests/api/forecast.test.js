import { strict as assert } from 'node:assert';
import { after, before, test } from 'node:test';
import { LINES, assertFields, assertProblem, nobody, startDaemon } from '../fixture.js';
import { history } from '../support/history.js';
import { printed } from '../support/stat.js';

const AS_OF = '2026-09-28';
/** Days of age at which so many periods are over. */
const DAYS = [0, 30, 60, 90, 120, 150, 180, 210, 240, 270, 300, 330, 365];
let api;
let staff;
let made = 0;

before(async () => {
    api = await startDaemon();
    staff = { token: await api.as('manager') };
});
after(() => api?.stop());

const dayBefore = (days) => new Date(Date.parse(AS_OF) - days * 86400000).toISOString().slice(0, 10);
/** Shipments that are so many periods old today, and how many of each came back in its first, second ... period. */
const line = (cohorts, options) => history(api, `forecast_${++made}`, cohorts.flatMap(([periods, units, ...back]) => [
    { shipped: dayBefore(DAYS[periods]), units },
    ...back.map((failed, k) => ({ shipped: dayBefore(DAYS[periods]), age: DAYS[k] + 15, units: failed, class: 'fault' }))
        .filter((event) => event.units),
]), { family: `alone_${made}`, ...options });
const forecast = async (id, query = '', asOf = AS_OF) => {
    const { status, body, text } = await api.get(`/api/v1/analytics/lines/${id}/forecast?as_of=${asOf}&${query}`, staff);

    assert.equal(status, 200, text);
    return body;
};
const stat = async (name, body) => (await api.post(`/api/v1/analytics/stat/${name}`, body, staff)).body;
const codes = ({ warnings }) => warnings.map(({ code }) => code).sort();
const near = (value, expected, what, part = 1e-9) =>
    assert.ok(Math.abs(value - expected) <= part * Math.abs(expected), `${what}: ${value} for ${expected}`);

/** ReliaSoft, "Warranty data analysis": June, July and August at the end of September. */
const RELIASOFT = [[3, 100, 3, 3, 5], [2, 140, 2, 4], [1, 150, 4]];
/** Minitab help, "Warranty prediction": failures by month of age, and survivors by age, of 12 shipments of 1000. */
const MINITAB = (() => {
    const left = [7, 5, 7, 10, 12, 4, 8, 6, 5, 5, 0, 0];
    const survivors = [998, 999, 998, 999, 994, 994, 988, 989, 993, 979, 1000, 1000];
    const cohorts = survivors.map((n, i) => ({ age: i + 1, missing: 1000 - n, back: Array(i + 1).fill(0) }));

    // The margins are printed, not the table: any that has them gives the same fit.
    for (let k = 11; k >= 0; k--)
        for (const cohort of cohorts.filter(({ age }) => age > k)) {
            const units = Math.min(left[k], cohort.missing);

            cohort.back[k] = units;
            cohort.missing -= units;
            left[k] -= units;
        }
    assert.ok(left.every((units) => units === 0) && cohorts.every(({ missing }) => missing === 0));
    return cohorts.map(({ age, back }) => [age, 1000, ...back]);
})();

test("ReliaSoft's forecast comes out of the line's own ledger, and half of it with months as intervals", async () => {
    const id = await line(RELIASOFT);
    const exact = await forecast(id, 'periods=1&model=weibull&convention=exact');
    const intervals = await forecast(id, 'periods=1&model=weibull');

    printed(exact.beta, '2.49', 'beta');
    printed(exact.eta, '6.70', 'eta');
    printed(exact.expected, '28.592', 'October');
    near(exact.process_variance, 25.898535, 'process variance', 1e-6);
    near(exact.parameter_variance, 65.921105, 'parameter variance', 1e-6);
    printed(exact.error, '9.582', 'error');
    ['11.762', '11.041', '5.789'].forEach((text, i) => printed(exact.cohorts[i].expected, text, 'cohort'));
    assert.deepEqual(exact.cohorts.map(({ month, survivors, age }) => [month, survivors, age]),
                     [['2026-06-01', 89, 3], ['2026-07-01', 134, 2], ['2026-08-01', 146, 1]]);
    printed(intervals.expected, '15.4', 'with intervals');
    assert.deepEqual([exact.x, exact.n, exact.convention, intervals.convention], [21, 390, 'exact', 'interval']);
    near(exact.interval.high, exact.expected * Math.exp(1.959963984540054 * exact.error / exact.expected), 'log-normal');
});

test("Minitab's predictions and intervals come out of the line's own ledger", async () => {
    const id = await line(MINITAB);
    const body = await forecast(id, 'periods=5&model=weibull&production=1000,1000,1000,1000,1000');

    near(body.beta, 1.264937, 'beta', 1e-6);
    printed(body.eta, '398.062', 'eta');
    // Minitab prints 45.9517 where 45.9516 follows from its own 60.1892.
    [['13.1073', '7.0000', '22.3660'], ['27.4930', '18.1933', '39.8678'], ['43.1798', '31.2722', '58.1271'],
     ['60.1892', '45.9516', '77.4449'], ['78.5416', '62.1373', '97.9488']].forEach(([expected, low, high], i) => {
        printed(body.items[i].cumulative, expected, 'cumulative');
        printed(body.items[i].poisson_low, low, 'low');
        printed(body.items[i].poisson_high, high, 'high');
    });
    printed(body.expected, '78.5416', 'all');
    near(body.items[2].expected, body.items[2].cumulative - body.items[1].cumulative, 'of a period');
    near(body.expected, body.cohorts.reduce((sum, { expected }) => sum + expected, 0)
        + body.shipments.reduce((sum, { expected }) => sum + expected, 0), 'by cohort and shipment');
    const survivors = await forecast(id, 'periods=5&model=weibull');

    printed(survivors.expected, '67.8331', 'survivors only');
    printed(survivors.items[0].expected, '12.59312', 'next month');
});

test('what is out of warranty is not counted', async () => {
    const id = await line(MINITAB);
    const expected = async (query) => (await forecast(id, `model=weibull&periods=5&${query}`)).expected;

    assert.equal(await expected('warranty=1m'), 0);
    near(await expected('warranty=12m'), await expected('warranty=365d'), 'a year');
    assert.ok(await expected('warranty=6m') < await expected('warranty=200d') && await expected('warranty=200d') < await expected('warranty=7m'));
    const { cohorts, maturity } = await forecast(id, 'model=weibull&periods=5&warranty=6m');

    assert.ok(cohorts.every(({ age, expected: units }) => (age < 6) === (units > 0)), JSON.stringify(cohorts));
    assert.equal(maturity.age, 180);
});

test('ages of units are exact to the day, and what came back lately is no longer among them', async () => {
    // Ten days into its second period, and of these 40 days one unit came back on the 35th.
    const id = await history(api, `forecast_${++made}`, [
        { shipped: dayBefore(40), units: 100 }, { shipped: dayBefore(40), units: 4, age: 12, class: 'fault' },
        { shipped: dayBefore(40), units: 1, age: 35, class: 'fault' }, { shipped: dayBefore(40), units: 2, age: 36, class: 'recall' },
    ]);
    const body = await forecast(id, 'periods=1&model=exponential');
    const rate = -Math.log(1 - 4 / 100); // in the first period, the only one that is over

    assert.deepEqual([body.x, body.n], [4, 100]);
    near(body.eta, 1 / rate, 'scale');
    near(body.cohorts[0].age, 1 + 10 / 30, 'age');
    assert.equal(body.cohorts[0].survivors, 93);
    near(body.expected, 93 * (1 - Math.exp(-rate)), 'expected');
});

test('fewer than ten failures get calibrated bounds, the same for the same seed', async () => {
    const id = await line([[6, 200, 0, 1, 0, 2], [5, 200, 1], [4, 200, 0, 1], [3, 200], [2, 200], [1, 200]]);
    const [one, same, other] = await Promise.all([5, 5, 6].map((seed) => forecast(id, `periods=3&model=weibull&seed=${seed}`)));

    assert.deepEqual(one, same);
    assert.deepEqual([one.seed, one.x, one.calibrated.method], [5, 5, 'bootstrap']);
    assert.ok(one.calibrated.low <= one.expected && one.expected <= one.calibrated.high);
    assert.ok(one.calibrated.high >= one.poisson.high, 'not so sure as Poisson');
    assert.notEqual(other.calibrated, null);
    assert.equal((await forecast(await line(MINITAB), 'model=weibull')).calibrated, null);
});

test('one or two failures take the shape of the family, and none give at most so many', async () => {
    await line(MINITAB, { family: 'compressors' });
    const id = await line([[6, 500, 0, 1, 1], [3, 500]], { family: 'compressors' });
    const two = await forecast(id, 'periods=3');
    const { family_beta } = (await api.get(`/api/v1/analytics/lines/${id}/curve?as_of=${AS_OF}`, staff)).body;

    assert.deepEqual([two.source, two.model, two.x], ['weibayes', 'weibull', 2]);
    assert.ok(codes(two).includes('few_failures'));
    near(two.beta, family_beta, "the family's");
    const own = await stat('weibull', { failures: [[1, 2, 1], [2, 3, 1]], running: [[6, 498], [3, 500]], beta: two.beta });

    near(two.eta, own.eta, 'scale');
    const none = await forecast(await line([[6, 500]], { family: 'compressors' }), 'periods=3');

    assert.deepEqual([none.expected, none.reason, none.model, none.items[0].cumulative], [null, 'no_events', null, null]);
    // A one-sided bound: with 95 % confidence the scale is above (500 6^b / ln 20)^(1/b).
    assert.ok(none.at_most > 0 && none.at_most < 10);
    const alone = await forecast(await line([[6, 500, 1]]));

    assert.deepEqual([alone.expected, alone.reason, alone.at_most], [null, 'no_family_shape', null]);
});

test('a look too far ahead is told, and so are models that disagree', async () => {
    const id = await line(RELIASOFT);
    const far = await forecast(id, 'periods=12&convention=exact');

    assert.ok(codes(far).includes('extrapolated'));
    assert.deepEqual(far.items.filter(({ extrapolated }) => extrapolated).map(({ period }) => period)[0], 4, '3 + 4 > 2 * 3');
    assert.equal(far.items.at(-1).days, 365);
    assert.notEqual(far.runner_up, null);
    const apart = Math.abs(far.runner_up_expected - far.expected) > 0.2 * far.expected;

    assert.equal(codes(far).includes('models_disagree'), apart);
    assert.ok(apart, 'three ages do not tell models apart');
    assert.ok(!codes(await forecast(id, 'periods=3&convention=exact')).includes('extrapolated'));
});

test('a model that the data do not identify is used on request only, and told', async () => {
    // Nearly all that failed did at once: a Weibull would have the rest last for ages.
    const id = await line([[12, 50000, 30, 3, 1]]);
    const wanted = await forecast(id, 'model=weibull');
    const best = await forecast(id);

    assert.equal(wanted.status, 'not_identified');
    assert.ok(wanted.eta > 100 * 12 && codes(wanted).includes('not_identified'));
    assert.equal(best.status, 'ok');
    assert.ok(best.model !== 'weibull' && !codes(best).includes('not_identified'));
});

test('what is not there, or makes no sense, is refused', async () => {
    const path = (query, id = LINES.tiller) => `/api/v1/analytics/lines/${id}/forecast?${query}`;

    for (const query of ['periods=2.5', 'warranty=24', 'warranty=-3m', 'warranty=0d', 'warranty=9999m', 'warranty=1e3d', 'warranty=m2',
                         'production=1,,2', 'production=-1', 'production=1,x', 'production=1e99', 'production=1,2,',
                         `production=${Array(61).fill(1)}`, 'production=nan', 'production=0x10'])
        assertProblem(await api.get(path(query), staff), 422, 'invalid_value');
    assertFields(await api.get(path('periods=61&convention=half&model=gompertz&production=&warranty=1'), staff), {
        '?periods': 'out_of_range', '?convention': 'not_one_of', '?model': 'not_one_of', '?production': 'too_short', '?warranty': 'too_short',
    });
    assertProblem(await api.get(path('', nobody('lin')), staff), 404, 'not_found');
    const nothing = await forecast(LINES.powerStation);

    assert.deepEqual([nothing.expected, nothing.reason, nothing.cohorts], [null, 'no_shipments', []]);
});
