import { strict as assert } from 'node:assert';
import { after, before, test } from 'node:test';
import { LINES, startDaemon } from '../fixture.js';
import { wilson } from '../support/wilson.js';

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
const split = async (id, query) => (await api.get(`${PATH}/${id}/rate?basis=flow&${query}`, staff)).body;

test('the independent computation agrees with published intervals', () => {
    for (const [x, n, low, high] of [[81, 263, .25528852, .36620958], [0, 20, 0, .16112516],
                                     [29, 30, .83329609, .99409141], [3, 3000, .00034014722, .0029361438]]) {
        const interval = wilson(x, n);

        assert.ok(Math.abs(interval.low - low) < 1e-8 && Math.abs(interval.high - high) < 1e-8, `${x}/${n}`);
    }
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

test('accepted imports are listed, newest first', async () => {
    const { body } = await api.get('/api/v1/sales-imports', staff);

    assert.deepEqual(body.items.map(({ id, file_name, units_sold, units_returned }) =>
        [id, file_name, units_sold, units_returned]), [['imp_00000000000000000000000001', 'a.csv', 50, 4]]);
});
