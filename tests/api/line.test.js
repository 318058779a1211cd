import { strict as assert } from 'node:assert';
import { after, before, test } from 'node:test';
import { LINES, assertFields, assertProblem, startDaemon } from '../fixture.js';
import { chanceAbove } from '../support/beta.js';
import { makeLine, post } from '../support/history.js';
import { wilson } from '../support/wilson.js';

const PATH = '/api/v1/analytics/lines';
let api;
let staff;

before(async () => {
    api = await startDaemon();
    staff = { token: await api.as('manager') };
});
after(() => api?.stop());

const near = (value, expected, what, tolerance = 1e-9) =>
    assert.ok(Math.abs(value - expected) <= tolerance, `${what}: ${value} instead of ${expected}`);
/** Every line by its code, on a day by which all of the small world is nine months old. */
const lines = async (query = 'as_of=2026-11-25') => {
    const { status, body, text } = await api.get(`${PATH}?${query}`, staff);

    assert.equal(status, 200, text);
    return Object.fromEntries(body.items.map((line) => [line.code, line]));
};

/** What a unit keeps, and what its return costs beyond that, in cents, from the table of the world. */
const UNITS = {
    tiller: [39900 - 25000 - 2500 - 8000, 25000 + 2500 + 2500 + 1200 + 1500 - 6000],
    generator: [60000 - 50000 - 3000 - 3000, 50000 + 3000 + 4000 + 1500 + 3500 - 20000],
    pump: [30000 - 20000 - 1000 - 3000, 20000 + 1000 + 1000 + 500 + 500 - 8000],
    heater: [20000 - 10000 - 1000 - 2000, 10000 + 1000 + 1000 + 500 + 500 - 5000],
};
const COUNTS = { tiller: [96, 1200], generator: [200, 1000], pump: [150, 500], heater: [10, 1000] };
const evenOf = (code) => UNITS[code][0] / (UNITS[code][0] + UNITS[code][1]);

test('the independent computations agree with published numbers', () => {
    for (const [x, n, low, high] of [[81, 263, .25528852, .36620958], [0, 20, 0, .16112516],
                                     [29, 30, .83329609, .99409141], [3, 3000, .00034014722, .0029361438]]) {
        const interval = wilson(x, n);

        assert.ok(Math.abs(interval.low - low) < 1e-8 && Math.abs(interval.high - high) < 1e-8, `${x}/${n}`);
    }
    near(chanceAbove(.085, 104, 1256), .120166422, 'the worked profit case', 1e-8);
});

test('a line shows what was shipped, and what came back by 90 days of what is so old', async () => {
    const { tiller, mower } = await lines();

    assert.deepEqual([tiller.id, tiller.name, tiller.family], [LINES.tiller, 'Tillers', 'general']);
    assert.deepEqual([tiller.shipped, tiller.returned, tiller.matured], [1200, 96, 1200]);
    for (const rate of ['grr', 'nrr', 'qrr'])
        assert.deepEqual([tiller[rate].x, tiller[rate].n, tiller[rate].rate, tiller[rate].reason], [96, 1200, .08, null], rate);
    assert.deepEqual([mower.nrr.x, mower.nrr.n], [1, 12]);
});

test('classes go into the rates that they belong to, and what was got back leaves the loss', async () => {
    await makeLine(api, 'classes', { family: 'classes' });
    await post(api, [
        { model: 'CLASSES', shipped: '2026-01-10', units: 1000 },
        ...[['fault', 10], ['remorse', 20], ['refund_only', 5], ['claim', 50], ['restocked', 8], ['reimbursed', 4], ['stock_rotation', 2]]
            .map(([name, units]) => ({ model: 'CLASSES', shipped: '2026-01-10', came: '2026-01-20', class: name, units })),
        { model: 'CLASSES', shipped: '2026-01-10', came: '2026-06-20', class: 'fault', units: 7 },
    ]);
    const { classes } = await lines();

    assert.deepEqual([classes.grr.x, classes.nrr.x, classes.qrr.x], [30, 30 + 5 - 8 - 4, 10]);
    assert.deepEqual([classes.nowcast.x, classes.nowcast.n], [30 + 5 - 12 + 7, 1000], 'up to a year of age');
});

test('every rate has its 95 % Wilson interval', async () => {
    const all = Object.values(await lines()).filter(({ nrr }) => nrr.rate !== null);

    assert.ok(all.length >= 6);
    for (const { code, nrr: { x, n, interval } } of all) {
        assert.deepEqual([interval.level, interval.method], [0.95, 'wilson']);
        near(interval.low, wilson(x, n).low, `${code} low`);
        near(interval.high, wilson(x, n).high, `${code} high`);
    }
});

test('a few lines that differ lend each other nothing; one alone has its own rate', async () => {
    const { tiller, heater } = await lines();

    // Four lines of 30 units or more: too few for a prior, and far from having one rate.
    assert.deepEqual([tiller.nrr.shrunk.lent, tiller.nrr.shrunk.lines, tiller.nrr.shrunk.rate], ['own', 5, .08]);
    assert.deepEqual([heater.nrr.shrunk.lent, heater.nrr.shrunk.lines, heater.nrr.shrunk.weight], ['own', 1, 1]);
});

test('the break-even rate and the chance of a loss follow from the costs in force', async () => {
    const all = await lines();

    for (const [code, [x, n]] of Object.entries(COUNTS)) {
        const { money } = all[code];

        assert.deepEqual([money.margin_minor, money.loss_minor], UNITS[code], code);
        near(money.break_even, evenOf(code), `${code} break-even`);
        near(money.p_loss, chanceAbove(evenOf(code), x + .5, n - x + .5), `${code} chance`, 1e-7);
        near(money.margin_lost, x / n * (UNITS[code][0] + UNITS[code][1]) / UNITS[code][0], `${code} margin lost`);
        assert.equal(money.booked_minor, (n - x) * UNITS[code][0] - x * UNITS[code][1], code);
    }
    assert.equal(all.pump.money.currency, 'JPY');
    assert.deepEqual([all.accessory.money.break_even, all.accessory.money.reason], [null, 'no_costs']);
});

test('the status tells whether the line loses money by its returns', async () => {
    const all = await lines();
    const status = (code) => [all[code].status, all[code].reason, all[code].reasons.map((why) => `${why.level} ${why.code}`)];

    assert.deepEqual(status('heater'), ['earning', null, []]);
    assert.deepEqual(status('tiller'), ['at_risk', null, ['at_risk rate_above_breakeven']], 'more than 30 % of the margin');
    assert.deepEqual(status('generator'), ['loss_making', null, ['loss_making rate_above_breakeven']]);
    assert.deepEqual(status('pump'), ['loss_making', null, ['loss_making rate_above_breakeven']], 'booked at a loss');
    assert.match(all.tiller.reasons[0].sentence, /^Tillers: 96 of 1,200 units that count in full came back at a loss \(8\.0 %, likely /);
    assert.match(all.tiller.reasons[0].sentence, /Break-even is at 14\.1 %.* Returns cost 56\.5 % of the margin\./);
});

test('where there is no verdict, the reason is given', async () => {
    const all = await lines();
    const verdict = (code) => [all[code].status, all[code].reason];

    assert.deepEqual(verdict('power_station'), ['no_verdict', 'no_shipments']);
    assert.deepEqual(verdict('cable'), ['no_verdict', 'returns_exceed_shipments']);
    assert.deepEqual(verdict('accessory'), ['no_verdict', 'no_costs']);
    assert.deepEqual(verdict('mower'), ['no_verdict', 'immature']);
});

test('without shipments, or with more returns than shipments, there is no rate at all', async () => {
    const all = await lines();

    for (const code of ['power_station', 'cable'])
        assert.deepEqual([all[code].nrr.rate, all[code].nrr.interval], [null, null], code);
    assert.deepEqual([all.cable.nrr.n, all.cable.nrr.x, all.cable.nrr.reason], [10, 20, 'returns_exceed_shipments']);
    assert.deepEqual([all.power_station.shipped, all.power_station.returned], [0, 0]);
});

test('a rate is shown although costs are missing', async () => {
    const { accessory } = await lines();

    near(accessory.nrr.rate, 0.05, 'rate');
    near(accessory.nrr.interval.high, wilson(20, 400).high, 'high');
});

test('as of an earlier day only what was over by then counts', async () => {
    const march = await lines('as_of=2026-03-02&age=30');

    // 30 days after January's last day; nothing of February is so old.
    assert.deepEqual([march.tiller.nrr.x, march.tiller.nrr.n, march.tiller.shipped], [60, 800, 1200]);
    assert.deepEqual([march.pump.shipped, march.pump.status], [500, 'no_verdict']);
    const before = await lines('as_of=2026-01-31');

    assert.deepEqual([before.tiller.shipped, before.tiller.nrr.rate, before.tiller.nrr.reason], [800, null, 'immature']);
    assert.equal(before.tiller.status, 'no_verdict');
});

test('months of shipment are half-open: to is not counted', async () => {
    const january = await lines('as_of=2026-11-25&from=2026-01&to=2026-02');
    const february = await lines('as_of=2026-11-25&from=2026-02&to=2026-03');
    const none = await lines('as_of=2026-11-25&from=2020-01&to=2020-02');

    assert.deepEqual([january.tiller.shipped, january.tiller.nrr.n, january.tiller.nrr.x], [800, 800, 60]);
    assert.deepEqual([february.tiller.shipped, february.tiller.nrr.n, february.tiller.nrr.x], [400, 400, 36]);
    assert.deepEqual([none.tiller.shipped, none.tiller.reason], [0, 'no_shipments']);
});

test('filters choose the units of a country, a channel, a model', async () => {
    const counts = async (query) => {
        const { tiller } = await lines(`as_of=2026-11-25&${query}`);

        return [tiller.nrr.x, tiller.nrr.n];
    };

    assert.deepEqual(await counts('country=DE'), [70, 750]);
    assert.deepEqual(await counts('country=FR&channel=dealer'), [10, 300]);
    assert.deepEqual(await counts('sku=MT-520&country=FR&channel=online'), [16, 150]);
    assert.deepEqual(Object.keys(await lines('sku=MT-520')), ['tiller'], 'only lines that have the model');
    assert.deepEqual(await lines('sku=XX-1'), {});
});

test('what makes no sense is refused with its reason', async () => {
    for (const month of ['2026-13', '2026-00', '202601', '2026-1', 'May', '2026-01-01'])
        assertFields(await api.get(`${PATH}?from=${encodeURIComponent(month)}`, staff), { '?from': 'malformed' });
    for (const query of ['age=45', 'conf=1', 'classes=broken', 'tz=Mars/North'])
        assertProblem(await api.get(`${PATH}?${query}`, staff), 422, 'invalid_value');
    assertFields(await api.get(`${PATH}?age=10`, staff), { '?age': 'out_of_range' });
});

test('an accepted return is in the list within a second or two', async () => {
    const before = (await lines('')).tiller;
    const filed = await api.file({ country: 'DE' });

    assert.equal((await lines('')).tiller.returned, before.returned, 'filing does not count yet');
    await api.move('tickets', (await api.ticketOf(filed)).id, { to: 'accepted', note: 'Fine.' }, await api.as('partner'));
    await api.folded();
    const now = (await lines('')).tiller;

    assert.deepEqual([now.shipped, now.returned], [before.shipped, before.returned + 1]);
    assert.equal(now.uncovered.x, 1, 'its machine is not in the registry');
});
