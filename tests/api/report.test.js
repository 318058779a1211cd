import { strict as assert } from 'node:assert';
import { after, before, test } from 'node:test';
import { LINES, assertFields, assertProblem, nobody, startDaemon } from '../fixture.js';

const PATH = '/api/v1/analytics/lines';
let api;
let staff;

before(async () => {
    api = await startDaemon();
    staff = { token: await api.as('manager') };
});
after(() => api?.stop());

const near = (value, expected, what) =>
    assert.ok(Math.abs(value - expected) <= 1e-9, `${what}: ${value} instead of ${expected}`);
const lines = async (query = '') => {
    const { status, body, text } = await api.get(`${PATH}${query}`, staff);

    assert.equal(status, 200, text);
    return Object.fromEntries(body.items.map((line) => [line.code, line]));
};
const split = async (id, query) => (await api.get(`${PATH}/${id}/rate?basis=flow&${query}`, staff)).body;

/**
 * The Wilson limits by their definition, not by the closed formula the service
 * uses: the p at which the observed share is exactly z standard errors away,
 * found by halving.
 */
function wilson(x, n) {
    const z = 1.959963984540054;
    const distance = (p) => Math.abs(x / n - p) - z * Math.sqrt(p * (1 - p) / n);
    const root = (inside, outside) => {
        for (let step = 0; step < 200; step++) {
            const middle = (inside + outside) / 2;

            if (distance(middle) > 0)
                outside = middle;
            else
                inside = middle;
        }
        return (inside + outside) / 2;
    };

    return { low: x === 0 ? 0 : root(x / n, 0), high: x === n ? 1 : root(x / n, 1) };
}

/** The rate at which a unit earns nothing. The marketplace gives its fees back with a refund. */
function breakEven(cost) {
    const margin = cost.price_minor - cost.cogs_minor - cost.outbound_minor - cost.fees_minor;
    const loss = cost.cogs_minor + cost.outbound_minor + cost.inbound_minor + cost.inspect_minor + cost.repair_minor
        - cost.recovery_minor;

    return margin / (margin + loss);
}

test('the independent computation agrees with published intervals', () => {
    for (const [x, n, low, high] of [[81, 263, .25528852, .36620958], [0, 20, 0, .16112516],
                                     [29, 30, .83329609, .99409141], [3, 3000, .00034014722, .0029361438]]) {
        const interval = wilson(x, n);

        assert.ok(Math.abs(interval.low - low) < 1e-8 && Math.abs(interval.high - high) < 1e-8, `${x}/${n}`);
    }
});

test('a line shows units sold, units returned and the rate between them', async () => {
    const { tiller } = await lines();

    assert.deepEqual([tiller.id, tiller.name, tiller.sold, tiller.returned], [LINES.tiller, 'Tillers', 1200, 96]);
    near(tiller.rate, 0.08, 'rate');
});

test('every rate has its 95 % Wilson interval', async () => {
    const all = Object.values(await lines()).filter(({ rate }) => rate !== null);

    assert.ok(all.length >= 5);
    for (const { code, sold, returned, interval } of all) {
        assert.deepEqual([interval.level, interval.method], [0.95, 'wilson']);
        near(interval.low, wilson(returned, sold).low, `${code} low`);
        near(interval.high, wilson(returned, sold).high, `${code} high`);
    }
});

test('the break-even rate follows from the costs in force', async () => {
    const all = await lines();

    for (const code of ['tiller', 'generator', 'mower', 'pump'])
        near(all[code].break_even, breakEven(all[code].cost), code);
    assert.equal(all.accessory.break_even, null);
});

test('the flag tells whether the line loses money by its returns', async () => {
    const all = await lines();

    assert.equal(all.tiller.flag, 'green', 'the whole interval lies below break-even');
    assert.equal(all.generator.flag, 'red', 'the whole interval lies above break-even');
    assert.equal(all.pump.flag, 'amber', 'above break-even, but perhaps by chance');
    near(all.pump.rate, 0.3, 'pump rate');
    assert.ok(all.pump.interval.low < all.pump.break_even && all.pump.break_even < all.pump.interval.high);
});

test('where there is no verdict, the reason is given', async () => {
    const all = await lines();
    const verdict = ({ flag, reason }) => [flag, reason];

    assert.deepEqual(verdict(all.power_station), ['insufficient', 'no_sales']);
    assert.deepEqual(verdict(all.cable), ['insufficient', 'returns_exceed_sales']);
    assert.deepEqual(verdict(all.accessory), ['insufficient', 'no_costs']);
    assert.deepEqual(verdict(all.mower), ['insufficient', 'too_few_units']);
    assert.equal(all.tiller.reason, null);
});

test('without sales, or with more returns than sales, there is no rate at all', async () => {
    const all = await lines();

    for (const code of ['power_station', 'cable'])
        assert.deepEqual([all[code].rate, all[code].interval], [null, null], code);
    assert.deepEqual([all.cable.sold, all.cable.returned], [10, 20]);
    assert.deepEqual([all.power_station.sold, all.power_station.returned], [0, 0]);
});

test('a rate is shown although costs are missing', async () => {
    const { accessory } = await lines();

    near(accessory.rate, 0.05, 'rate');
    near(accessory.interval.high, wilson(20, 400).high, 'high');
});

test('the report says what it counted and when', async () => {
    const { body } = await api.get(`${PATH}?from=2026-01&to=2026-02`, staff);

    assert.equal(body.basis, 'same_period');
    assert.match(body.from, /^2026-01(-01)?$/);
    assert.match(body.to, /^2026-02(-01)?$/);
    assert.ok(Math.abs(Date.parse(body.as_of) - Date.now()) < 120000, body.as_of);
});

test('months are half-open: to is not counted', async () => {
    const january = await lines('?from=2026-01&to=2026-02');
    const february = await lines('?from=2026-02&to=2026-03');
    const none = await lines('?from=2020-01&to=2020-02');

    assert.deepEqual([january.tiller.sold, january.tiller.returned], [800, 60]);
    assert.deepEqual([february.tiller.sold, february.tiller.returned], [400, 36]);
    assert.deepEqual([none.tiller.sold, none.tiller.reason], [0, 'no_sales']);
});

test('a month that is none is refused', async () => {
    for (const month of ['2026-13', '2026-00', '202601', '2026-1', 'May', '2026-01-01'])
        assertFields(await api.get(`${PATH}?from=${encodeURIComponent(month)}`, staff), { '?from': 'malformed' });
});

test('a line splits by country, largest part first or in order, and adds up', async () => {
    const { items } = await split(LINES.tiller, 'by=country');
    const parts = Object.fromEntries(items.map(({ key, sold, returned }) => [key, [sold, returned]]));

    assert.deepEqual(parts, { DE: [750, 70], FR: [450, 26] });
    for (const { key, sold, returned, rate, interval } of items) {
        near(rate, returned / sold, `${key} rate`);
        near(interval.low, wilson(returned, sold).low, `${key} low`);
        near(interval.high, wilson(returned, sold).high, `${key} high`);
    }
});

test('a line splits by month and by channel', async () => {
    const months = await split(LINES.tiller, 'by=month');
    const channels = await split(LINES.tiller, 'by=channel');

    assert.deepEqual(months.items.map(({ key, sold, returned }) => [key.slice(0, 7), sold, returned]),
                     [['2026-01', 800, 60], ['2026-02', 400, 36]]);
    assert.deepEqual(Object.fromEntries(channels.items.map(({ key, sold, returned }) => [key, [sold, returned]])),
                     { online: [900, 86], dealer: [300, 10] });
});

test('a split keeps to the months asked for', async () => {
    const { items } = await split(LINES.tiller, 'by=country&from=2026-02');

    assert.deepEqual(Object.fromEntries(items.map(({ key, sold }) => [key, sold])), { DE: 250, FR: 150 });
});

test('a split by product counts sales by product, and returns that belong to no cohort', async () => {
    await api.sql(`
        WITH file AS (
            INSERT INTO sales_import (public_id, file_name, file_hash, map_hash, rows_read, rows_sold, rows_returned,
                                      rows_skipped, units_sold, units_returned)
            VALUES ('imp_00000000000000000000000001', 'a.csv', sha256('a'), sha256('b'), 2, 1, 1, 0, 50, 4)
            RETURNING id
        ), posted AS (
            INSERT INTO posting (import) SELECT id FROM file RETURNING id)
        INSERT INTO unit_event (posting, product, country, channel, ship_day, event_day, class, units)
        SELECT posted.id, product.id, 'DE', 'online', CASE WHEN class IS NULL THEN date '2020-01-05' END, '2020-01-05', class, units
          FROM posted, product, LATERAL (VALUES (NULL, 50), ('remorse', 4)) AS e (class, units)
         WHERE model = 'MT-700'`);
    await api.sql('SELECT rollup_fold()');
    const { items } = await split(LINES.tiller, 'by=product');

    assert.deepEqual(Object.fromEntries(items.map(({ key, sold, returned }) => [key, [sold, returned]])),
                     { 'MT-520': [1200, 96], 'MT-700': [50, 4] });
});

test('an accepted return is in the report within a second or two', async () => {
    const before = (await lines()).tiller;
    const filed = await api.file({ country: 'DE' });

    assert.equal((await lines()).tiller.returned, before.returned, 'filing does not count yet');
    await api.move('tickets', (await api.ticketOf(filed)).id, { to: 'accepted', note: 'Fine.' }, await api.as('partner'));
    await api.folded();
    const now = (await lines()).tiller;

    assert.deepEqual([now.sold, now.returned], [before.sold, before.returned + 1]);
    near(now.interval.high, wilson(now.returned, now.sold).high, 'high');
});

test('accepted imports are listed, newest first', async () => {
    const { body } = await api.get('/api/v1/sales-imports', staff);

    assert.deepEqual(body.items.map(({ id, file_name, units_sold, units_returned }) =>
        [id, file_name, units_sold, units_returned]), [['imp_00000000000000000000000001', 'a.csv', 50, 4]]);
});
