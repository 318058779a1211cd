// Clusters along serials and days, on a registry in which one run of serials is bad.

import { strict as assert } from 'node:assert';
import { after, before, test } from 'node:test';
import { LINES, assertFields, assertProblem, nobody, startDaemon } from '../fixture.js';
import { within } from '../support/beta.js';
import { makeLine, post } from '../support/history.js';

const AS_OF = 'as_of=2025-12-31';
const UNITS = 1000;
let api;
let manager;
let line;

/** Of a thousand serials every fiftieth came back, and of 401 to 430 every other. */
const isBack = (n) => n % 50 === 0 || (n >= 401 && n <= 430 && n % 2 === 1);
const BACK = Array.from({ length: UNITS }, (_, i) => i + 1).filter(isBack);

before(async () => {
    api = await startDaemon();
    manager = { token: await api.as('manager') };
    line = await makeLine(api, 'serials', { family: 'serials' });
    await api.sql(`
        INSERT INTO unit (public_id, product, serial, shipped_on)
        SELECT new_id('unt'), p.id, prefix || lpad(n::text, 5, '0'), '2025-03-01'
          FROM product AS p, (VALUES ('GX', ${UNITS}), ('OLD-', 30)) AS v (prefix, many), generate_series(1, many) AS n
         WHERE p.model = 'SERIALS';
        INSERT INTO return (public_id, number, state, product, product_id, model, line_code, serial, unit, reason, description, country, name, email, locale)
        SELECT new_id('ret'), 'R-0000-' || lpad(substr(u.serial, 4), 4, '0') || '-0', 'closed', p.id, p.public_id, p.model, 'serials', u.serial, u.id,
               'doa', 'It does not start.', 'DE', 'Kim', 'kim@test.example', 'en'
          FROM unit AS u JOIN product AS p ON p.id = u.product
         WHERE u.serial = ANY ('{${BACK.map((n) => `GX${String(n).padStart(5, '0')}`)}}'::text[]);
        WITH posted AS (INSERT INTO posting DEFAULT VALUES RETURNING id)
        INSERT INTO unit_event (posting, product, country, channel, ship_day, event_day, class, reason, units, return)
        SELECT posted.id, r.product, 'DE', 'direct', '2025-03-01', '2025-04-01', 'fault', 'doa', 1, r.id FROM posted, return AS r WHERE line_code = 'serials'`);
    await post(api, [{ model: 'SERIALS', shipped: '2025-03-01', units: 1030 }]);
});
after(() => api?.stop());

const scan = async (query = '', id = line) => {
    const { status, body, text } = await api.get(`/api/v1/analytics/lines/${id}/scan?${AS_OF}&${query}`, manager);

    assert.equal(status, 200, text);
    return body;
};
const near = (value, expected, what) => assert.ok(within(value, expected, 1e-9), `${what}: ${value} instead of ${expected}`);

test('the bad run of serials is found, with the serials at its ends', async () => {
    const body = await scan('by=serial');
    const [worst, ...others] = body.items;

    assert.deepEqual([body.x, body.n, body.replicates], [BACK.length, UNITS, 999]);
    assert.deepEqual(others, [], 'thirty serials of another prefix of which none came back are not scanned');
    assert.deepEqual([worst.model, worst.prefix, worst.first, worst.last, worst.x], ['SERIALS', 'GX', 'GX00400', 'GX00429', 16]);
    // Two hundred bins of five serials: the window has those of 396 to 430.
    assert.deepEqual([worst.n, body.bins.length, body.bins[0].first, body.bins[0].last], [35, 200, 'GX00001', 'GX00005']);
    near(worst.expected, BACK.length * 35 / UNITS, 'expected');
    const [c, e, all] = [16, worst.expected, BACK.length];

    near(worst.llr, c * Math.log(c / e) + (all - c) * Math.log((all - c) / (all - e)), 'LLR');
    assert.ok(worst.p <= .002 && worst.q === worst.p);
});

test('the same question has the same answer, drawn by the same chance', async () => {
    assert.deepEqual((await scan('by=serial')).items, (await scan()).items);
});

test('what came back later is not known earlier, and what is too little is not scanned', async () => {
    const early = await api.get(`/api/v1/analytics/lines/${line}/scan?as_of=2025-03-31`, manager);

    assert.deepEqual([early.body.items, early.body.warnings.map(({ code }) => code)], [[], ['nothing_to_scan']]);
    assert.deepEqual((await scan('', LINES.heater)).warnings.map(({ code }) => code), ['nothing_to_scan']);
    assert.deepEqual((await scan('country=DE')).items, [], 'nobody knows where these went');
    assertFields(await api.get(`/api/v1/analytics/lines/${line}/scan?by=colour`, manager), { '?by': 'not_one_of' });
    assertProblem(await api.get(`/api/v1/analytics/lines/${nobody('lin')}/scan`, manager), 404, 'not_found');
});

test('a range of serials is scanned by itself, and events of some classes alone', async () => {
    const part = await scan('serial_from=GX00300&serial_to=GX00500');
    const of = (from, to) => BACK.filter((n) => n >= from && n <= to).length;

    assert.deepEqual([part.n, part.x, part.items[0].first, part.items[0].last], [201, of(300, 500), 'GX00400', 'GX00429']);
    assert.deepEqual((await scan('classes=remorse')).items, []);
    assert.deepEqual([(await scan('from=2025-03&to=2025-04')).n, (await scan('from=2025-04')).items], [UNITS, []]);
});

test('by day of shipment a bad week is found, and young units are not taken for good ones', async () => {
    const id = await makeLine(api, 'days', { family: 'days' });
    const days = Array.from({ length: 360 }, (_, n) => new Date(Date.UTC(2025, 0, 1 + n)).toISOString().slice(0, 10));
    const after30 = (day) => new Date(Date.parse(day) + 30 * 86400000).toISOString().slice(0, 10);

    // Two days are a bin. Each day ships 20 and every fourth day one of them comes back 30 days later; of a week in June it is two a day.
    await post(api, days.flatMap((shipped, n) => [
        { model: 'DAYS', shipped, units: 20 },
        { model: 'DAYS', shipped, came: after30(shipped), class: 'fault', units: n >= 160 && n < 167 ? 2 : n % 4 === 0 ? 1 : 0 },
    ]));
    const { items: [worst], bins, x } = await scan('by=ship', id);

    assert.deepEqual([worst.first, worst.last, worst.x, worst.n, worst.model], [days[160], days[166], 14, 160, null]);
    assert.ok(worst.p <= .002, `${worst.p}`);
    // Those of the last month cannot have come back: no more is expected of them than of the rest.
    assert.ok(bins.at(-1).expected < .5 * bins[0].expected * bins.at(-1).n / bins[0].n);
    near(bins.reduce((sum, bin) => sum + bin.expected, 0), x, 'expected in all');
    const none = await scan(`by=ship&country=FR`, id);

    assert.deepEqual([none.items, none.x], [[], 0]);
});
