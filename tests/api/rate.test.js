import { strict as assert } from 'node:assert';
import { after, before, test } from 'node:test';
import { LINES, assertFields, assertProblem, nobody, startDaemon } from '../fixture.js';
import { history } from '../support/history.js';

let api;
let staff;
let line;

const path = (id, query) => `/api/v1/analytics/lines/${id}/rate?${query}`;

before(async () => {
    api = await startDaemon();
    staff = { token: await api.as('manager') };
    const batch = (lot, country, units, back) => [
        { shipped: '2026-01-10', lot, country, units }, { shipped: '2026-01-10', lot, country, units: back, age: 25, class: 'fault' },
    ];

    line = await history(api, 'split', [
        ...batch('A', 'DE', 400, 12), ...batch('B', 'DE', 300, 30), ...batch('C', 'FR', 280, 9), ...batch('', 'FR', 20, 1),
        // By the age of 90 days, and one after it; too young to count; of units nobody knows.
        { shipped: '2026-01-10', lot: 'C', country: 'FR', units: 2, age: 90, class: 'remorse' },
        { shipped: '2026-01-10', lot: 'C', country: 'FR', units: 4, age: 91, class: 'fault' },
        { shipped: '2026-03-05', lot: 'D', country: 'FR', units: 500 },
        { shipped: '2026-03-05', lot: 'D', country: 'FR', units: 50, age: 10, class: 'fault' },
        { shipped: '2026-04-02', country: 'FR', units: 6, age: null, class: 'fault' },
        { shipped: '2026-04-02', country: 'DE', units: 3, age: null, class: 'claim' },
    ]);
});
after(() => api?.stop());

const rate = async (query, id = line) => {
    const { status, body, text } = await api.get(path(id, query), staff);

    assert.equal(status, 200, text);
    return { ...body, parts: Object.fromEntries(body.items.map((item) => [item.key, item])) };
};
const counts = ({ items }) => Object.fromEntries(items.map(({ key, x, n }) => [key, [x, n]]));

/** P(X > x) + P(X = x)/2 of x of n among events of all, by sums of logarithms: R's dhyper. */
const midP = (x, n, events, all) => {
    const logs = [0];
    const fact = (k) => {
        for (let i = logs.length; i <= k; i++)
            logs.push(logs[i - 1] + Math.log(i));
        return logs[k];
    };
    const choose = (a, b) => fact(a) - fact(b) - fact(a - b);
    let sum = 0;

    for (let k = x; k <= Math.min(n, events); k++)
        if (events - k <= all - n)
            sum += Math.exp(choose(n, k) + choose(all - n, events - k) - choose(all, events)) * (k === x ? 0.5 : 1);
    return sum;
};
const near = (value, expected, what) => assert.ok(Math.abs(value - expected) < 1e-10, `${what}: ${value} for ${expected}`);

test('segments are those of months that are old enough, by the age asked for', async () => {
    const by = await rate('by=country&as_of=2026-05-20');

    assert.deepEqual(counts(by), { DE: [42, 700], FR: [12, 300] });
    assert.deepEqual([by.x, by.n, by.rate, by.basis, by.by], [54, 1000, 0.054, 'cohort', 'country']);
    assert.deepEqual(by.maturity, { age: 90, shipped: 1500, matured: 1000, months: 1, oldest_age: 90 });
    near(by.parts.FR.mature_share, 300 / 800, 'mature share');
    assert.deepEqual(counts(await rate('by=country&age=120&as_of=2026-06-30')), { DE: [42, 700], FR: [16, 300] });
    assert.deepEqual(counts(await rate('by=country&age=30&as_of=2026-06-30')), { DE: [42, 700], FR: [60, 800] });
});

test('a line splits by lot, product, channel, month and class, and by filters at once', async () => {
    const as = (query) => rate(`${query}&as_of=2026-05-20`);

    assert.deepEqual(counts(await as('by=lot')), { A: [12, 400], B: [30, 300], C: [11, 280], D: [0, 0], '': [1, 20] });
    assert.deepEqual(counts(await as('by=lot&country=FR')), { C: [11, 280], D: [0, 0], '': [1, 20] });
    assert.deepEqual(counts(await as('by=lot&lot=B')), { B: [30, 300] });
    assert.deepEqual(counts(await as('by=product')), { 'split-1': [54, 1000] });
    assert.deepEqual(counts(await as('by=country&sku=split-1&lot=C')), { FR: [11, 280] });
    assert.deepEqual(counts(await as('by=channel&country=DE')), { online: [42, 700] });
    assert.deepEqual(counts(await as('by=month')), { '2026-01': [54, 1000], '2026-03': [0, 0] });
    const young = (await as('by=month')).parts['2026-03'];

    assert.deepEqual([young.rate, young.interval, young.reason, young.mature_share], [null, null, 'immature', 0]);
    assert.deepEqual(counts(await as('by=class')), { fault: [52, 1000], remorse: [2, 1000] });
    assert.deepEqual(counts(await as('by=country&classes=remorse')), { DE: [0, 700], FR: [2, 300] });
    assert.deepEqual((await as('by=lot&to=2026-01')).items, []);
});

test('each segment is tested against all others, and the tests are adjusted for their number', async () => {
    const { parts } = await rate('by=lot&as_of=2026-05-20');
    const p = { A: midP(12, 400, 54, 1000), B: midP(30, 300, 54, 1000), C: midP(11, 280, 54, 1000), '': midP(1, 20, 54, 1000) };
    const order = Object.keys(p).sort((a, b) => p[a] - p[b]);

    for (const [key, value] of Object.entries(p))
        near(parts[key].p, value, key);
    assert.equal(order[0], 'B');
    near(parts.B.q, p.B * 4, 'q of the smallest');
    near(parts[order[3]].q, Math.max(...Object.values(p)), 'q of the largest');
    near(parts.A.expected, 400 * 0.054, 'expected');
    assert.deepEqual([parts.D.p, parts.D.q, parts.D.expected], [null, null, null], 'nothing was to be expected of it yet');
    for (const query of ['by=month', 'by=class'])
        for (const { p: tested } of (await rate(`${query}&as_of=2026-05-20`)).items)
            assert.equal(tested, null, query);
});

test('events of units whose shipment nobody knows are in no rate, and told', async () => {
    const by = await rate('by=country&as_of=2026-05-20');

    assert.deepEqual([by.covered, by.uncovered], [108, 6]);
    assert.match(by.warnings.find(({ code }) => code === 'uncovered').detail, /^6 of 114 events \(5\.3 %\)/);
    assert.equal((await rate('by=country&country=DE&classes=claim&as_of=2026-05-20')).uncovered, 3);
    assert.equal((await rate('by=country&as_of=2026-03-31')).uncovered, 0);
});

test('before a month is old enough there is no rate, and the reason', async () => {
    const { rate: none, reason, warnings, maturity } = await rate('by=country&as_of=2026-04-30');

    assert.deepEqual([none, reason], [null, 'no_shipments']);
    assert.deepEqual([maturity.months, maturity.oldest_age], [0, 60]);
    assert.ok(warnings.some(({ code }) => code === 'immature'));
    const cable = await rate('by=country', LINES.cable);

    assert.deepEqual([cable.parts.US.rate, cable.parts.US.reason, cable.parts.US.p], [null, 'returns_exceed_shipments', null]);
});

test('the flow is by month of return, and says that it mixes cohorts', async () => {
    const flow = await rate('by=month&basis=flow&as_of=2026-06-30');
    const months = Object.fromEntries(flow.items.map(({ key, sold, returned }) => [key, [sold, returned]]));

    // February: what was shipped on 10 January came back after 25 days. April: 90 and 91 days, and the unknown.
    assert.deepEqual(months, { '2026-01': [1000, 0], '2026-02': [0, 52], '2026-03': [500, 50], '2026-04': [0, 12] });
    assert.deepEqual([flow.x, flow.n, flow.basis, flow.maturity], [114, 1500, 'flow', null]);
    assert.equal(flow.parts['2026-04'].reason, 'no_shipments');
    assert.deepEqual(flow.warnings.map(({ code }) => code), ['mixes_cohorts']);
    assert.equal((await rate('by=month&basis=flow&as_of=2026-03-20')).parts['2026-03'].partial, true);
    assert.deepEqual(counts(await rate('by=class&basis=flow&classes=claim')), { claim: [3, 1500] });
    assert.deepEqual(counts(await rate('by=lot&basis=flow')), { A: [12, 400], B: [30, 300], C: [15, 280], D: [50, 500], '': [7, 20] });
    assert.deepEqual(counts(await rate('by=product&basis=flow&from=2026-04')), { 'split-1': [12, 0] });
});

test('what cannot be split is refused', async () => {
    assertFields(await api.get(path(line, 'by=colour&basis=other'), staff), { '?by': 'not_one_of', '?basis': 'not_one_of' });
    assertFields(await api.get(path(line, ''), staff), { '?by': 'missing' });
    assertProblem(await api.get(path(line, 'by=country&age=45'), staff), 422, 'invalid_value');
    for (const basis of ['cohort', 'flow'])
        assertProblem(await api.get(path(nobody('lin'), `by=country&basis=${basis}`), staff), 404, 'not_found');
});
