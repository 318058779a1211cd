import { strict as assert } from 'node:assert';
import { after, before, test } from 'node:test';
import { LINES, assertFields, assertProblem, nobody, startDaemon } from '../fixture.js';
import { history } from '../support/history.js';
import { printed } from '../support/stat.js';

const AS_OF = '2026-06-30';
let api;
let staff;
let made = 0;

before(async () => {
    api = await startDaemon();
    staff = { token: await api.as('manager') };
});
after(() => api?.stop());

const before_ = (days) => new Date(Date.parse(AS_OF) - days * 86400000).toISOString().slice(0, 10);
/** Events of units by their ages in days: [age, units] of those that came back, and of those that did not. */
const lives = (failed, running, more = {}) => [
    ...failed.flatMap(([age, units]) => {
        const shipped = before_(Math.max(...failed.map(([old]) => old)) + 1);

        return [{ shipped, units, ...more }, { shipped, units, age, class: 'fault', ...more }];
    }),
    ...running.map(([age, units]) => ({ shipped: before_(age), units, ...more })),
];
const each = (ages) => ages.map((age) => [age, 1]);
const line = (events, options) => history(api, `life_${++made}`, events, { family: `alone_${made}`, ...options });
const curve = async (id, query = '', asOf = AS_OF) => {
    const { status, body, text } = await api.get(`/api/v1/analytics/lines/${id}/curve?as_of=${asOf}&${query}`, staff);

    assert.equal(status, 200, text);
    return body;
};
const stat = async (name, body) => (await api.post(`/api/v1/analytics/stat/${name}`, body, staff)).body;
const near = (value, expected, part, what) =>
    assert.ok(Math.abs(value - expected) <= part * Math.abs(expected), `${what}: ${value} for ${expected}`);
const codes = ({ warnings }) => warnings.map(({ code }) => code).sort();

/** NIST/SEMATECH e-Handbook 8.4.1.3, hours taken for days. */
const NIST = { failed: each([54, 187, 216, 240, 244, 335, 361, 373, 375, 386]), running: [[500, 10]] };
/** Meeker and Escobar's bearing cages, hours taken for days. */
const CAGES = {
    failed: each([230, 334, 423, 990, 1009, 1510]),
    running: [[50, 288], [150, 148], [250, 124], [350, 111], [450, 106], [550, 99], [650, 110], [750, 114], [850, 119], [950, 127],
              [1050, 123], [1150, 93], [1250, 47], [1350, 41], [1450, 27], [1550, 11], [1650, 6], [1850, 1], [2050, 2]],
};
/**
 * What is known by whole periods of age, 30 days each and twelve in 365, of months of shipment: what
 * stat/weibull takes. A period is over for a month when it is for its last day.
 */
function byPeriods(events) {
    const within = (days) => Math.max(0, 12 * Math.floor(days / 365) + Math.min(Math.floor((days % 365) / 30), 11));
    const known = ({ shipped }) => within((Date.parse(AS_OF) - Date.UTC(shipped.slice(0, 4), shipped.slice(5, 7), 0)) / 86400000);
    const period = ({ age }) => within(age - 1) + 1;
    const failures = events.filter((event) => event.class && period(event) <= known(event));
    const running = new Map();

    for (const event of events.filter((other) => !other.class))
        running.set(known(event), (running.get(known(event)) ?? 0) + event.units);
    for (const event of failures)
        running.set(known(event), running.get(known(event)) - event.units);
    return { failures: failures.map((event) => [period(event), event.units]), running: [...running].filter(([age, units]) => age && units) };
}
/** Lives as stat/weibull takes them, with an age of d days between d - 1/2 and d + 1/2. */
const posted = ({ failed, running }) => ({
    failures: failed.map(([age, units]) => [age - 0.5, age + 0.5, units]), running: running.map(([age, units]) => [age + 0.5, units]),
});

test('the cars of Krivtsov and Case survive as the reliability documentation prints, hundreds of miles taken for days', async () => {
    const failed = [5248, 7454, 16890, 17200, 38700, 45000, 49390, 69040, 72280, 131900].map((miles) => Math.floor(miles / 100));
    const running = [3961, 4007, 4734, 6054, 7298, 10190, 23060, 27160, 28690, 37100, 40060, 45670, 53000, 67000, 69630,
                     77350, 78470, 91680, 105700, 106300, 150400].map((miles) => Math.floor(miles / 100));
    const { items, n, maturity } = await curve(await line(lives(each(failed), each(running))));
    const steps = items.filter(({ events }) => events);

    assert.equal(n, 31);
    assert.equal(maturity.oldest_age, 1504);
    assert.deepEqual(steps.map(({ age }) => age), failed);
    ['.964286', '.925714', '.885466', '.845217', '.795499', '.742465', '.685353', '.616817', '.539715', '.269858']
        .forEach((survival, i) => {
            printed(1 - steps[i].kaplan_meier, survival, 'survival');
            printed(1 - steps[i].rate, survival, 'no other exits compete');
        });
});

test('where units leave for other reasons a class has its share of those shipped, not one less its own survival', async () => {
    const shipped = before_(60);
    const id = await line([{ shipped, units: 100 }, { shipped, units: 10, age: 10, class: 'fault' }, { shipped, units: 20, age: 20, class: 'recall' },
                           { shipped, units: 7, age: 30, class: 'fault' }, { shipped, units: 3, age: 5, class: 'claim' }]);
    const body = await curve(id, 'age=30&classes=fault');

    assert.deepEqual([body.x, body.n], [17, 100]);
    near(body.rate, 0.17, 1e-12, 'rate');
    near(body.items.find(({ age }) => age === 30).kaplan_meier, 1 - 0.9 * 0.9, 1e-12, 'alone');
    near(body.items.find(({ age }) => age === 30).error, Math.sqrt(0.17 * 0.83 / 100), 1e-9, 'as of a binomial');
    assert.equal(body.interval.method, 'log_log');
    const both = await curve(id, 'age=30&classes=fault,recall');
    const last = (wanted) => both.classes.filter((row) => row.class === wanted).at(-1);

    near(both.rate, 0.37, 1e-12, 'both');
    near(last('fault').rate, 0.17, 1e-12, 'fault');
    near(last('recall').rate, 0.2, 1e-12, 'recall');
    const claims = await curve(id, 'age=30&classes=claim');

    near(claims.rate, 0.03, 1e-12, 'of units that stay');
});

test("NIST's failures give its shape and scale, and the steps of any day before", async () => {
    const body = await curve(await line(lives(NIST.failed, NIST.running)));
    const weibull = body.models.find(({ model }) => model === 'weibull');
    const same = await stat('weibull', posted(NIST));

    near(weibull.beta, 1.7208, 0.003, 'beta as printed');
    near(weibull.eta, 606.5280, 0.002, 'eta as printed');
    for (const name of ['beta', 'eta', 'log_likelihood', 'aic', 'mean', 'b10'])
        near(weibull[name], same[name], 1e-9, name);
    assert.deepEqual([body.status, body.source, body.failures], ['ok', 'fitted', 10]);
    assert.equal(body.models[0].model, body.model);
    assert.equal(body.models[0].delta, 0);
    const error = body.parameters.find(({ model, parameter }) => model === 'weibull' && parameter === 'beta');

    assert.equal(error.method, 'wald');
    near(error.error, same.beta_error, 1e-6, 'error');
    near(error.high, same.beta_high, 1e-6, 'high');
    assert.equal((await curve(await line(lives(NIST.failed, NIST.running)), 'age=240')).x, 4);
});

test('with fewer than ten failures limits are those of the likelihood ratio', async () => {
    const body = await curve(await line(lives(CAGES.failed, CAGES.running)));
    const limits = Object.fromEntries(body.parameters.filter(({ model }) => model === 'weibull').map((row) => [row.parameter, row]));

    assert.equal(limits.beta.method, 'profile_likelihood');
    near(limits.beta.estimate, 2.035319, 0.005, 'beta');
    // By bisection of the profile in forty digits, of exact ages.
    near(limits.beta.low, 0.970931797526, 0.005, 'low');
    near(limits.beta.high, 3.57953830035, 0.005, 'high');
    near(limits.eta.low, 4044.99395019, 0.01, 'eta low');
    near(limits.eta.high, 213597.102515, 0.05, 'eta high');
});

test('models as good as the best are told, with what they would forecast', async () => {
    const body = await curve(await line(lives(CAGES.failed, CAGES.running)));
    const [best, second] = body.models;

    assert.ok(second.aic - best.aic <= 2, 'the data cannot tell');
    assert.ok(best.expected > 0 && second.expected > 0);
    const apart = Math.abs(second.expected - best.expected) > 0.2 * best.expected;
    const warning = body.warnings.find(({ code }) => code === (apart ? 'models_disagree' : 'runner_up'));

    assert.match(warning.detail, new RegExp(`${second.model} explains the data as well as ${best.model}.* expects ${second.expected.toFixed(1)} returns in 180 days, not ${best.expected.toFixed(1)}`));
    assert.ok(body.fitted.every(({ runner_up }) => runner_up !== null));
});

test('no model is told beyond twice the oldest age', async () => {
    const { fitted, warnings } = await curve(await line(lives(NIST.failed, NIST.running)), 'age=2000');

    assert.equal(fitted.at(-1).age, 1000, 'the last end of a period within twice 500.5 days');
    assert.deepEqual(fitted.filter(({ extrapolated }) => extrapolated).map(({ age }) => age)[0], 515);
    assert.ok(warnings.some(({ code }) => code === 'extrapolated'));
});

test('too few failures for a shape take the family\'s, and none at all give a bound', async () => {
    await line(lives(NIST.failed, NIST.running), { family: 'saws' });
    const id = await line(lives([[100, 2]], [[300, 80]]), { family: 'saws' });
    const body = await curve(id);
    const shape = await stat('weibull', {
        ...byPeriods([...lives(NIST.failed, NIST.running), ...lives([[100, 2]], [[300, 80]])]), convention: 'interval',
    });

    assert.deepEqual([body.source, body.model, body.failures], ['weibayes', 'weibull', 2]);
    assert.ok(codes(body).includes('few_failures'));
    near(body.family_beta, shape.beta, 1e-9, 'shape of the family');
    const own = await stat('weibull', { failures: [[99.5, 100.5, 2]], running: [[300.5, 80]], beta: body.family_beta });

    near(body.models[0].eta, own.eta, 1e-9, 'eta');
    near(body.eta_at_least, own.eta_at_least, 1e-9, 'bound');
    const none = await curve(await line(lives([], [[300, 80]]), { family: 'saws' }));

    assert.deepEqual([none.status, none.source, none.models, none.x], ['no_events', 'none', [], 0]);
    assert.ok(none.eta_at_least > 300);
    assert.equal(none.interval.low, 0);
    near(none.interval.high, 1.959963984540054 ** 2 / (80 + 1.959963984540054 ** 2), 1e-9, 'nothing of 80');
    const alone = await curve(await line(lives([[100, 2]], [[300, 80]])));

    assert.deepEqual([alone.source, alone.model, alone.family_beta, alone.models], ['none', null, null, []]);
    assert.ok(codes(alone).includes('no_family_shape'));
});

test('a lot that lasts differently is named, and the pooled curve called no curve', async () => {
    const lots = ['A', 'B', 'C', 'D', 'E'].flatMap((lot, i) => lives(
        [20, 60, 120, 200, 280].map((age, k) => [age, lot === 'C' ? 12 - k : 4 - (i + k) % 2]), [[300, 400]], { lot }));
    const { segments, warnings } = await curve(await line(lots));

    assert.equal(segments.length, 5);
    assert.deepEqual(segments.filter(({ differs }) => differs).map(({ lot }) => lot)[0], 'C');
    assert.ok(segments[0].q < 0.001 && segments[0].rate > 2 * segments[0].others_rate);
    near(segments[0].p, Math.exp(-segments[0].statistic / 2), 1e-12, 'chi-squared with two degrees of freedom');
    assert.match(warnings.find(({ code }) => code === 'lots_differ').detail, /C most/);
    const same = ['A', 'B', 'C'].flatMap((lot) => lives([20, 60, 120, 200, 280].map((age) => [age, 4]), [[300, 400]], { lot }));
    const even = await curve(await line(same));

    assert.ok(even.segments.every(({ differs, statistic }) => !differs && statistic < 1e-6));
    assert.ok(!codes(even).includes('lots_differ'));
});

test('only what was over by a day counts, and days that make no sense are left out', async () => {
    const shipped = '2026-03-01';
    const id = await line([{ shipped, units: 50 }, { shipped, units: 2, age: 10, class: 'fault' }, { shipped, units: 3, age: 40, class: 'fault' },
                           { shipped: '2026-03-02', units: 1 }, { shipped: '2026-03-02', units: 5, age: 3, class: 'fault' },
                           { shipped: '2026-03-25', units: 70 }]);
    const now = await curve(id, 'age=15');
    const early = await curve(id, 'age=15', '2026-03-20');

    assert.deepEqual([early.n, early.x, early.rate, early.failures], [50, 2, 0.04, 2]);
    assert.deepEqual([now.n, now.x, now.failures], [120, 2, 5]);
    near(now.rate, 2 / 120, 1e-12, 'all were at risk on the tenth day');
    assert.match(now.warnings.find(({ code }) => code === 'returns_exceed_shipments').detail, /^On 1 of 3 days/);
    assert.deepEqual([(await curve(id, 'age=15', '2026-03-10')).reason, (await curve(id, 'from=2026-04')).reason], ['immature', 'no_shipments']);
});

test('by the clock in_service the ages of a dealer\'s units begin after his lag', async () => {
    const { items, n, clock_quality } = await curve(LINES.tiller, 'clock=in_service');

    // Shipped 300 to dealers on 1 January, 10 back after 20 days: of age 0 by the clock.
    assert.deepEqual(items.slice(0, 2).map(({ age, events }) => [age, events]), [[0, 10], [20, 86]]);
    assert.deepEqual([n, clock_quality], [1200, 'assumed']);
});

test('nothing shipped has no curve, and nonsense is refused', async () => {
    const { rate, reason, items, models, status } = await curve(LINES.powerStation);

    assert.deepEqual([rate, reason, items, models, status], [null, 'no_shipments', [], [], 'no_events']);
    assertFields(await api.get(`/api/v1/analytics/lines/${LINES.tiller}/curve?age=0`, staff), { '?age': 'out_of_range' });
    assertProblem(await api.get(`/api/v1/analytics/lines/${nobody('lin')}/curve`, staff), 404, 'not_found');
});
