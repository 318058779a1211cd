import { strict as assert } from 'node:assert';
import { after, before, test } from 'node:test';
import { LINES, assertFields, assertProblem, nobody, startDaemon } from '../fixture.js';
import { history } from '../support/history.js';

let api;
let staff;
let line;

before(async () => {
    api = await startDaemon();
    staff = { token: await api.as('manager') };
    // ReliaSoft, "Warranty data analysis": shipped June to August, back in July, August, September.
    const returned = (shipped, days, units) => ({ shipped, age: days, units, class: 'fault' });

    line = await history(api, 'reliasoft', [
        { shipped: '2026-06-15', units: 100 }, returned('2026-06-15', 30, 3), returned('2026-06-15', 61, 3),
        returned('2026-06-15', 92, 5),
        { shipped: '2026-07-01', units: 140 }, returned('2026-07-01', 31, 2), returned('2026-07-01', 62, 4),
        { shipped: '2026-08-31', units: 150 }, returned('2026-08-31', 30, 4),
        // Not counted, but gone: in July, of those of June. And two who stay.
        { shipped: '2026-06-15', age: 25, units: 1, class: 'stock_rotation' },
        { shipped: '2026-06-15', age: 25, units: 2, class: 'claim' },
    ]);
});
after(() => api?.stop());

const nevada = async (query = '', id = line) => {
    const { status, body, text } = await api.get(`/api/v1/analytics/lines/${id}/nevada?${query}`, staff);

    assert.equal(status, 200, text);
    return body;
};

test('the table is ReliaSoft\'s: what came back of a month in each month since', async () => {
    const body = await nevada('as_of=2026-09-30');

    assert.deepEqual(body.rows, [
        { month: '2026-06-01', shipped: 100, lag_0: 0, lag_1: 3, lag_2: 3, lag_3: 5 },
        { month: '2026-07-01', shipped: 140, lag_0: 0, lag_1: 2, lag_2: 4 },
        { month: '2026-08-01', shipped: 150, lag_0: 0, lag_1: 4 },
    ]);
    assert.deepEqual([body.x, body.n, body.warnings], [21, 390, []]);
    assert.deepEqual(body.maturity, { months: 3, oldest_lag: 3, partial: false });
});

test('at risk in a month are those that had not left before it, for whatever reason', async () => {
    const { items } = await nevada('as_of=2026-09-30');
    const june = items.filter(({ month }) => month === '2026-06-01');

    assert.deepEqual(june.map(({ event_month, lag, at_risk, returned }) => [event_month, lag, at_risk, returned]),
                     [['2026-06-01', 0, 100, 0], ['2026-07-01', 1, 100, 3], ['2026-08-01', 2, 96, 3], ['2026-09-01', 3, 93, 5]]);
    assert.equal(items.length, 4 + 3 + 2);
    assert.ok(items.every(({ partial }) => partial === false));
});

test('a month that was not over is left out, and one that is under way is marked', async () => {
    const past = await nevada('as_of=2026-09-15');

    assert.deepEqual(past.rows.map((row) => Object.keys(row).length), [5, 4, 3], 'until August');
    assert.equal(past.x, 3 + 3 + 2);
    const today = (await api.sql("SELECT (now() AT TIME ZONE 'UTC')::date")).trim();
    const next = (await api.sql("SELECT (now() AT TIME ZONE 'UTC')::date + 1")).trim();
    const { items, maturity } = await nevada(`as_of=${today}`);

    assert.equal(maturity.partial, next.slice(0, 7) === today.slice(0, 7));
    assert.deepEqual(items.filter(({ partial }) => partial).map(({ event_month }) => event_month.slice(0, 7)),
                     maturity.partial ? Array(3).fill(today.slice(0, 7)) : []);
});

test('filters, classes and months choose what is counted', async () => {
    const x = async (query) => (await nevada(`as_of=2026-09-30&${query}`)).x;

    assert.deepEqual([await x('classes=claim'), await x('country=FR'), await x('country=DE'), await x('sku=reliasoft-1'),
                      await x('from=2026-07'), await x('to=2026-07')], [2, 0, 21, 21, 10, 11]);
    assert.deepEqual((await nevada('as_of=2026-09-30&country=FR')).items, []);
    const later = await nevada('as_of=2026-05-31&clock=in_service', LINES.tiller);

    // Those of January went to dealers: in use from March on, and back before that.
    assert.deepEqual(later.rows.find(({ month }) => month === '2026-03-01').lag_0, 10);
    assert.equal(later.clock_quality, 'assumed');
});

test('more returns than shipments are told', async () => {
    assert.deepEqual((await nevada('', LINES.cable)).warnings.map(({ code }) => code), ['returns_exceed_shipments']);
});

test('the table is there as a sheet, cell by cell and with a column for each lag', async () => {
    const sheet = async (table) => (await api.get(
        `/api/v1/analytics/lines/${line}/nevada?as_of=2026-09-30&format=csv&table=${table}`, staff)).text;

    assert.equal(await sheet('rows'), '\ufeffmonth,shipped,lag_0,lag_1,lag_2,lag_3\r\n2026-06-01,100,0,3,3,5\r\n'
        + '2026-07-01,140,0,2,4,\r\n2026-08-01,150,0,4,,\r\n');
    assert.match(await sheet('items'), /^\ufeffmonth,event_month,lag,shipped,at_risk,returned,partial\r\n2026-06-01,2026-06-01,0,100,100,0,false\r\n/);
});

test('a table longer than twenty years loses its oldest months, and says so', async () => {
    const old = await history(api, 'old', [{ shipped: '1995-01-01', units: 10 }, { shipped: '2026-01-01', units: 5 },
                                           { shipped: '1995-01-01', age: 11000, units: 1, class: 'fault' }]);
    const { rows, warnings, n } = await nevada('as_of=2026-03-31', old);

    assert.deepEqual([rows.length, n], [1, 5]);
    assert.match(warnings[0].detail, /^The oldest 135 months are left out/);
});

test('what is not there, or makes no sense, is refused', async () => {
    assertProblem(await api.get(`/api/v1/analytics/lines/${nobody('lin')}/nevada`, staff), 404, 'not_found');
    assertFields(await api.get(`/api/v1/analytics/lines/${line}/nevada?clock=sale`, staff), { '?clock': 'not_one_of' });
});
