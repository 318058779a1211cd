import { strict as assert } from 'node:assert';
import { after, before, test } from 'node:test';
import { LINES, assertFields, assertProblem, nobody, startDaemon } from '../fixture.js';

const TILLER = `/api/v1/analytics/lines/${LINES.tiller}/cohorts`;
let api;
let staff;

before(async () => {
    api = await startDaemon();
    staff = { token: await api.as('manager') };
});
after(() => api?.stop());

const cohorts = async (query = '', path = TILLER) => {
    const { status, body, text } = await api.get(`${path}?${query}`, staff);

    assert.equal(status, 200, text);
    return body;
};
/** The cell of a month at an age. */
const cell = ({ items }, month, age) => items.find((item) => item.month === month && item.age === age);

// January: 800 shipped, 60 back on the 21st; February: 400 shipped, 36 back; all gross and faults.
test('a month shows what came back by each age, with its interval', async () => {
    const january = cell(await cohorts(), '2026-01-01', 90);

    assert.deepEqual([january.shipped, january.cumulative, january.events, january.at_risk], [800, 60, 0, 740]);
    assert.equal(january.rate, 0.075);
    assert.ok(Math.abs(january.low - 0.0587100074) < 1e-9 && Math.abs(january.high - 0.0953520373) < 1e-9);
    assert.ok(Math.abs(january.error - Math.sqrt(0.075 * 0.925 / 800)) < 1e-12);
    assert.equal(january.immature, false);
});

test('the headline is the rate of all months that are old enough', async () => {
    const body = await cohorts();

    assert.deepEqual([body.x, body.n, body.rate, body.reason], [96, 1200, 0.08, null]);
    assert.deepEqual([body.maturity.age, body.maturity.matured, body.maturity.months], [90, 1200, 2]);
    assert.equal(body.interval.method, 'wilson');
    assert.deepEqual(body.warnings, []);
});

test('as of an earlier day only what was over by then counts', async () => {
    const body = await cohorts('as_of=2026-03-02&age=30');

    // 30 days after January's last day; February has three days of March only.
    assert.deepEqual([body.as_of, body.x, body.n, body.maturity.months], ['2026-03-02', 60, 800, 1]);
    assert.equal(body.maturity.oldest_age, 30);
    const before = await cohorts('as_of=2026-03-01&age=30');

    assert.deepEqual([before.x, before.n, before.rate, before.interval, before.reason], [0, 0, null, null, 'no_shipments']);
    assert.deepEqual(before.warnings.map(({ code }) => code), ['immature']);
});

test('filters choose the units of a country, a channel, a product or of all of these', async () => {
    const counts = async (query) => {
        const { x, n } = await cohorts(query);

        return [x, n];
    };

    assert.deepEqual(await counts('country=DE'), [70, 750]);
    assert.deepEqual(await counts('country=FR&channel=dealer'), [10, 300]);
    assert.deepEqual(await counts('sku=MT-520'), [96, 1200]);
    assert.deepEqual(await counts('sku=MT-520&country=FR&channel=online'), [16, 150]);
    assert.deepEqual(await counts('sku=MT-700'), [0, 0]);
    assert.deepEqual(await counts('lot=2603A'), [0, 0]);
    assert.deepEqual(await counts('from=2026-02'), [36, 400]);
    assert.deepEqual(await counts('to=2026-02'), [60, 800]);
    assert.deepEqual(await counts('classes=fault,listing'), [96, 1200]);
    assert.deepEqual(await counts('classes=remorse'), [0, 1200]);
});

test('by the clock in_service the units of dealers are two months younger, which is assumed and told', async () => {
    const body = await cohorts('clock=in_service&as_of=2026-04-05&age=30');
    const cells = body.items.filter(({ age }) => age === 30).map(({ month, shipped, cumulative }) => [month, shipped, cumulative]);

    assert.deepEqual([body.clock, body.clock_quality], ['in_service', 'assumed']);
    // The 300 of January that went to dealers are used from March on; 10 of them came back before.
    assert.deepEqual(cells, [['2026-01-01', 500, 50], ['2026-02-01', 400, 36], ['2026-03-01', 300, 10]]);
    assert.deepEqual([body.x, body.n], [86, 900], 'March is 5 days old');
    const shipped = await cohorts('as_of=2026-04-05&age=30');

    assert.deepEqual([shipped.clock, shipped.clock_quality, shipped.n], ['ship', 'known', 1200]);
    const dealers = await cohorts('clock=in_service&channel=dealer&age=30');

    assert.deepEqual([dealers.x, dealers.n, dealers.items[0].month], [10, 300, '2026-03-01']);
    assert.deepEqual((await cohorts('clock=in_service&channel=nobody')).items, []);
});

test('a line of which more came back than was shipped has no rate and is in no curve', async () => {
    const body = await cohorts('', `/api/v1/analytics/lines/${LINES.cable}/cohorts`);

    assert.deepEqual([body.x, body.n, body.rate, body.reason], [20, 10, null, 'returns_exceed_shipments']);
    assert.deepEqual(body.ages, []);
    assert.deepEqual(body.warnings.map(({ code }) => code), ['returns_exceed_shipments']);
});

test('the curve of all months is Kaplan and Meier\'s', async () => {
    const { ages } = await cohorts();

    assert.deepEqual([ages[0].at_risk, ages[0].events, ages[0].rate.toFixed(12)], [1200, 96, (0.08).toFixed(12)]);
    assert.deepEqual([ages[1].at_risk, ages[1].events], [1104, 0]);
    assert.ok(Math.abs(ages[0].error - Math.sqrt(0.92 * 0.08 / 1200)) < 1e-12, 'Greenwood\'s error of one step');
});

test('who has an answer is told so, until the data or the costs change', async () => {
    const first = await api.get(TILLER, staff);
    const again = () => api.get(TILLER, { ...staff, headers: { 'if-none-match': first.headers.etag } });

    assert.equal((await again()).status, 304);
    await api.sql("UPDATE product_line SET family = 'tillers' WHERE code = 'tiller'");
    const changed = await again();

    assert.equal(changed.status, 200);
    assert.equal(changed.body.settings_version, first.body.settings_version + 1);
    await api.sql(`WITH p AS (INSERT INTO posting DEFAULT VALUES RETURNING id)
        INSERT INTO unit_event (posting, product, country, channel, ship_day, event_day, units)
        SELECT p.id, product.id, 'DE', 'online', '2026-04-01', '2026-04-01', 5 FROM p, product WHERE model = 'MT-520'`);
    await api.folded();
    const newer = await api.get(TILLER, { ...staff, headers: { 'if-none-match': changed.headers.etag } });

    assert.equal(newer.status, 200);
    assert.equal(newer.body.data_version, first.body.data_version + 1);
    assert.equal(newer.body.n, 1205);
});

test('every table is there as CSV, with the same figures and a tag of its own', async () => {
    const json = await api.get(TILLER, staff);

    for (const [table, rows] of Object.entries(json.body).filter(([, rows]) => Array.isArray(rows))) {
        const { status, headers, text } = await api.get(`${TILLER}?format=csv&table=${table}`, staff);
        const [names, ...lines] = text.replace(/^\ufeff/, '').trimEnd().split('\r\n').map((line) => line.split(','));

        assert.equal(status, 200, table);
        assert.equal(headers['content-type'], 'text/csv; charset=utf-8');
        assert.match(headers['content-disposition'], /^attachment; filename="line_cohort_list\.csv"$/);
        assert.match(headers.vary, /\bAccept\b/);
        assert.match(headers.etag, /-csv"$/);
        assert.deepEqual(lines, rows.map((row) => names.map((name) => String(row[name] ?? ''))), table);
    }
    assert.equal((await api.get(TILLER, { ...staff, headers: { accept: 'text/csv' } })).headers['content-type'],
                 'text/csv; charset=utf-8');
    assertProblem(await api.get(`${TILLER}?format=csv&table=nothing`, staff), 400, 'unknown_parameter');
    assertProblem(await api.get(`${TILLER}?format=xml`, staff), 400, 'unknown_parameter');
});

test('lists of the service are there as CSV as well', async () => {
    const { status, text } = await api.get('/api/v1/products?format=csv', staff);

    assert.equal(status, 200);
    assert.match(text, /^\ufeffid,model,name,/);
});

test('what makes no sense is refused with its reason', async () => {
    assertFields(await api.get(`${TILLER}?age=ninety&country=de&from=2026-13`, staff),
                 { '?age': 'wrong_type', '?country': 'malformed', '?from': 'malformed' });
    assertFields(await api.get(`${TILLER}?conf=2&age=1`, staff), { '?conf': 'out_of_range', '?age': 'out_of_range' });
    for (const query of ['conf=1', 'age=45', 'classes=broken', 'classes=fault,,', 'tz=Mars/North'])
        assertProblem(await api.get(`${TILLER}?${query}`, staff), 422, 'invalid_value');
    assertProblem(await api.get(`${TILLER}?sku=XX-1`, staff), 404, 'not_found');
    assertProblem(await api.get(`/api/v1/analytics/lines/${nobody('lin')}/cohorts`, staff), 404, 'not_found');
});
