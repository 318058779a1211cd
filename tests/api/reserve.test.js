import { strict as assert } from 'node:assert';
import { after, before, test } from 'node:test';
import { assertFields, assertProblem, nobody, startDaemon } from '../fixture.js';
import { history } from '../support/history.js';

const PATH = '/api/v1/analytics/reserve';
let api;
let staff;
let saws;

/** Units shipped on the first of each month of 2026, and claims of each by period of age. */
const SHIPPED = [1000, 1200, 900, 1100, 1000, 1300];
const CLAIMS = [[4, 6, 7, 9, 8, 3], [5, 6, 9, 10, 2], [4, 5, 6, 1], [5, 6, 2], [4, 1], [1]];
const first = (month) => `2026-0${month + 1}-01`;
/** The age in days of what is claimed in a period; the last of each month is in one that is not over. */
const age = (month, k) => 30 * k + 12;

before(async () => {
    api = await startDaemon();
    staff = { token: await api.as('manager') };
    saws = await history(api, 'saws', SHIPPED.flatMap((units, month) => [
        { shipped: first(month), units },
        ...CLAIMS[month].map((claims, k) => ({ shipped: first(month), age: age(month, k), units: claims, class: 'claim' })),
        { shipped: first(month), age: 20, units: 10, class: 'remorse' },
    ]), { family: 'saws' });
    await api.sql(`INSERT INTO line_cost (line, valid_from, currency, price_minor, cogs_minor, outbound_minor, fees_minor, inbound_minor,
            inspect_minor, repair_minor, recovery_minor, claim_cost_minor)
        SELECT id, day, 'EUR', 30000, 20000, 1000, 2000, 1000, 500, 500, 3000, cost
          FROM product_line, (VALUES (date '2024-01-01', 5000), ('2026-06-15', 6000)) AS c (day, cost)
         WHERE public_id = '${saws}'`);
});
after(() => api?.stop());

const reserve = async (query = '') => {
    const { status, body, text } = await api.get(`${PATH}?as_of=2026-06-30&${query}`, staff);

    assert.equal(status, 200, text);
    return body;
};
const lineOf = ({ items }, id = saws) => items.find(({ line }) => line === id);
const near = (value, expected, what, part = 1e-8) =>
    assert.ok(Math.abs(value - expected) <= part * Math.abs(expected), `${what}: ${value} for ${expected}`);
const days = (from, to) => (Date.parse(to) - Date.parse(from)) / 86400000;
/** Whole periods of age within so many days, and the age in periods, all within a year. */
const within = (d) => (d < 0 ? 0 : Math.floor(d / 30));

/** What was known at the end of a month: shipments, claims by period that is over, ages of the mean unit. */
const known = (closing) => {
    const months = SHIPPED.map((units, month) => {
        const next = new Date(Date.UTC(2026, month + 1, 1)).toISOString().slice(0, 10);
        const length = days(first(month), next);

        return { units, month, over: within(days(next, closing) + 1), age: (days(first(month), closing) - (length - 1) / 2) / 30,
                 there: first(month) <= closing };
    }).filter(({ there }) => there);

    return { months, failures: months.flatMap(({ month, over }) => CLAIMS[month].slice(0, over).map((n, k) => [k, k + 1, n])),
             running: months.filter(({ over }) => over).map(({ units, over }) => [over, units - 10]) };
};
/** The best model of posted ages as a function of age in periods. */
const curve = async ({ failures, running, months }) => {
    // Ten of each month left for another class, in the middle of their first period; the last month is not that old.
    const { models } = (await api.post('/api/v1/analytics/stat/life-models',
                                       { failures, running: [...running, [0.5, 10 * (months.length - 1)]] }, staff)).body;
    const { model, mu, sigma, dead, defective } = models.find(({ status }) => status === 'ok');

    assert.notEqual(model, 'lognormal', 'the test has no normal distribution');
    return (t) => (t > 0 ? dead + (1 - dead) * defective * -Math.expm1(-Math.exp((Math.log(t) - mu) / sigma)) : 0);
};
const claimsOf = (F, units, from, to) => units * (F(to) - F(from)) / (1 - F(from));

test('the reserve is what the claims to come will cost, by month of shipment', async () => {
    const data = known('2026-06-30');
    const F = await curve(data);
    const body = await reserve('warranty=12m');
    const line = lineOf(body);
    const expected = data.months.map(({ units, age: at }) => claimsOf(F, units - 10, at, 12));

    assert.deepEqual([body.closing, body.opening, line.currency, line.claim_cost_minor], ['2026-06-30', '2026-05-31', 'EUR', 6000]);
    assert.deepEqual(body.cohorts.filter(({ line: id }) => id === saws).map(({ month, survivors }) => [month, survivors]),
                     data.months.map(({ month, units }) => [first(month), units - 10]));
    body.cohorts.filter(({ line: id }) => id === saws).forEach((cohort, i) => {
        near(cohort.age, data.months[i].age, 'age');
        near(cohort.claims, expected[i], `claims of ${cohort.month}`);
        near(cohort.reserve_minor, expected[i] * 6000, 'money');
    });
    const sum = expected.reduce((a, b) => a + b);

    near(line.claims, sum, 'claims');
    assert.equal(line.reserve_minor, Math.round(sum * 6000));
    assert.ok(line.claims_low < sum && sum < line.claims_high);
    assert.deepEqual([line.x, line.n, line.in_warranty, line.reason], [data.failures.reduce((a, [, , n]) => a + n, 0), 6500, 6440, null]);
});

test('the reserve rolls forward from one month\'s end to the next, to the minor unit', async () => {
    const [now, past] = [known('2026-06-30'), known('2026-05-31')];
    const [F, G] = [await curve(now), await curve(past)];
    const line = lineOf(await reserve('warranty=12m'));
    // Of June's event days: everything claimed between 1 and 30 June.
    const settled = CLAIMS.flatMap((row, month) => row.filter((_, k) => {
        const day = Date.parse(first(month)) + age(month, k) * 86400000;

        return day >= Date.parse('2026-06-01') && day <= Date.parse('2026-06-30');
    })).reduce((a, b) => a + b);
    const opening = Math.round(past.months.reduce((sum, { units, age: at }) => sum + claimsOf(G, units - 10, at, 12), 0) * 5000);
    const accrued = Math.round(1300 * G(12) * 5000);

    assert.equal(line.settled_claims, settled);
    assert.deepEqual([line.opening_minor, line.accrued_minor, line.settled_minor, line.closing_minor],
                     [opening, accrued, settled * 6000, line.reserve_minor]);
    assert.equal(line.change_minor, line.closing_minor - line.opening_minor - line.accrued_minor + line.settled_minor);
    near(line.reserve_minor, now.months.reduce((sum, { units, age: at }) => sum + claimsOf(F, units - 10, at, 12), 0) * 6000, 'closing', 1e-6);
    const earlier = lineOf((await api.get(`${PATH}?as_of=2026-05-31&warranty=12m`, staff)).body);

    assert.equal(earlier.closing_minor, line.opening_minor, "May's closing is June's opening");
    assert.equal(lineOf(await reserve('warranty=12m&since=2026-04-30')).opening_minor,
                 lineOf((await api.get(`${PATH}?as_of=2026-04-30&warranty=12m`, staff)).body).closing_minor);
});

test('claims that fall due after a year are worth less now', async () => {
    const F = await curve(known('2026-06-30'));
    const line = lineOf(await reserve('warranty=24m&discount=0.05'));
    let [plain, worth] = [0, 0];

    for (const { units, age: at } of known('2026-06-30').months)
        for (let end = 1; end <= 24; end++) {
            const claims = (units - 10) / (1 - F(at)) * Math.max(0, F(Math.min(at + end, 24)) - F(Math.min(at + end - 1, 24)));

            plain += claims * 6000;
            worth += claims * 6000 * (end <= 12 ? 1 : 1.05 ** -((end - 0.5) / 12));
        }
    near(line.undiscounted_minor, plain, 'undiscounted', 1e-6);
    near(line.reserve_minor, worth, 'discounted', 1e-6);
    assert.equal(lineOf(await reserve('warranty=24m')).reserve_minor, line.undiscounted_minor);
});

test('totals are by currency, and lines without a reserve are in none of them and say why', async () => {
    const body = await reserve('warranty=12m');
    const why = Object.fromEntries(body.items.map(({ code, reason, closing_minor }) => [code, [reason, closing_minor]]));
    const [euros] = body.totals.filter(({ currency }) => currency === 'EUR');

    assert.deepEqual(why.power_station, ['no_shipments', 0]);
    assert.deepEqual(why.accessory, ['no_costs', null]);
    assert.deepEqual(why.tiller, ['no_claim_cost', 0]);
    assert.deepEqual([euros.closing_minor, euros.opening_minor], [lineOf(body).closing_minor, lineOf(body).opening_minor]);
    assert.deepEqual(body.totals.map(({ currency }) => currency).sort(), ['EUR', 'JPY', 'USD']);
    assert.match(body.warnings.find(({ code }) => code === 'no_reserve').detail, /^\d+ of \d+ lines/);
    assert.equal(body.warnings.find(({ code }) => code === 'returns_exceed_shipments').detail.split(' ')[1], '1', 'the cables');
});

test('one line alone has the reserve that it has among all, also with its family\'s shape', async () => {
    const young = await history(api, 'new_saws', [
        { shipped: '2026-03-01', units: 200 }, { shipped: '2026-03-01', age: 50, units: 2, class: 'claim' },
    ], { family: 'saws' });

    await api.sql(`INSERT INTO line_cost (line, valid_from, currency, price_minor, cogs_minor, outbound_minor, fees_minor, inbound_minor,
            inspect_minor, repair_minor, recovery_minor, claim_cost_minor)
        SELECT id, '2024-01-01', 'EUR', 30000, 20000, 1000, 2000, 1000, 500, 500, 3000, 7000 FROM product_line WHERE public_id = '${young}'`);
    const all = lineOf(await reserve('warranty=12m'), young);
    const alone = await reserve(`warranty=12m&line=${young}`);

    assert.deepEqual(alone.items, [all]);
    assert.deepEqual([all.source, all.model, all.x], ['weibayes', 'weibull', 2]);
    assert.ok(all.reserve_minor > 0);
    assert.deepEqual([alone.totals.length, alone.cohorts.length, alone.n], [1, 1, 200]);
    // In April its first claims are of a period that is not over: nothing is put aside, but told what may come.
    const early = lineOf((await api.get(`${PATH}?as_of=2026-04-30&warranty=12m`, staff)).body, young);

    assert.deepEqual([early.reason, early.reserve_minor, early.claims, early.source], ['no_events', 0, 0, 'none']);
    assert.ok(early.at_most_minor > 0);
});

test('what makes no sense is refused', async () => {
    for (const query of ['warranty=2y', 'since=2026-06-30', 'since=2027-01-01', 'classes=broken'])
        assertProblem(await api.get(`${PATH}?as_of=2026-06-30&${query}`, staff), 422, 'invalid_value');
    assertFields(await api.get(`${PATH}?discount=2&since=May&line=saws`, staff),
                 { '?discount': 'out_of_range', '?since': 'malformed', '?line': 'malformed' });
    assertProblem(await api.get(`${PATH}?line=${nobody('lin')}`, staff), 404, 'not_found');
});
