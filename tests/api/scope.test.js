// What analyses may be asked: by another clock, of a range of serials, in another currency.

import { strict as assert } from 'node:assert';
import { after, before, test } from 'node:test';
import { assertProblem, nobody, startDaemon } from '../fixture.js';
import { makeLine, post } from '../support/history.js';

const AS_OF = 'as_of=2025-12-31';
let api;
let staff;
let line;

const shop = (shipped, units, more = {}) => ({ model: 'CLOCKS', shipped, units, channel: 'shop', ...more });

before(async () => {
    api = await startDaemon();
    staff = { token: await api.as('manager') };
    line = await makeLine(api, 'clocks', { family: 'clocks', cost: { claims_per_unit: 0.1, claim_cost_minor: 5000, margin_low_minor: 1000, margin_high_minor: 4000 } });
    await post(api, [
        shop('2025-01-25', 1000), shop('2025-01-25', 30, { came: '2025-02-20', class: 'fault', money: 300000, reason: 'NOISE' }),
        shop('2025-01-25', 20, { came: '2025-03-10', class: 'fault', money: 200000, reason: 'NOISE' }),
        shop('2025-01-25', 10, { came: '2025-01-28', class: 'fault' }), shop('2025-03-05', 500),
        shop('2025-03-05', 10, { came: '2025-04-30', class: 'claim' }),
    ]);
    await api.sql(`INSERT INTO delivery_time (channel, days) VALUES ('shop', 20), ('*', 0);
        INSERT INTO exchange_rate (currency, valid_from, rate) VALUES ('USD', '2020-01-01', 0.5), ('JPY', '2020-01-01', 0.005)`);
});
after(() => api?.stop());

const ask = async (what, query = '') => {
    const { status, body, text } = await api.get(`/api/v1/analytics/${what.startsWith('/') ? what.slice(1) : `lines/${line}/${what}`}?${AS_OF}&${query}`, staff);

    assert.equal(status, 200, `${what}: ${text}`);
    return body;
};
const mine = ({ items }) => items.find(({ id, line: key }) => (id ?? key) === line);

test('by the clock of delivery units arrive in another month, and age less', async () => {
    const cells = ({ items }, month) => items.filter((item) => item.month === month && item.events).map(({ age, events }) => [age, events]);
    const byShipment = await ask('cohorts', 'age=30');
    const byDelivery = await ask('cohorts', 'age=30&clock=delivery');

    // After 3, 26 and 44 days of which 20 went by on the way: before it arrived, after 6 days and after 24.
    assert.deepEqual(cells(byShipment, '2025-01-01'), [[30, 40], [60, 20]]);
    assert.deepEqual(cells(byDelivery, '2025-02-01'), [[30, 60]]);
    assert.deepEqual([byDelivery.production.map(({ month, shipped }) => [month, shipped])], [[['2025-02-01', 1000], ['2025-03-01', 500]]]);
    assert.deepEqual([byShipment.x, byDelivery.x], [40, 60]);
    assert.deepEqual([byDelivery.clock, byDelivery.clock_quality], ['delivery', 'assumed']);
});

test('curves, charts and lists go by that clock as well', async () => {
    const { items: steps } = await ask('curve', 'clock=delivery');

    assert.deepEqual(steps.filter(({ events }) => events).map(({ age, events }) => [age, events]), [[0, 10], [6, 30], [24, 20]]);
    for (const [what, count] of [['/lines', ({ items }) => items.find(({ id }) => id === line).grr], ['monitor', ({ x, n }) => ({ x, n })], ['profit', ({ x, n }) => ({ x, n })]]) {
        const [shipped, delivered] = [count(await ask(what, 'chart=p&age=30'.slice(what === 'monitor' ? 0 : 8))), count(await ask(what, `clock=delivery&${what === 'monitor' ? 'chart=p&' : ''}age=30`))];

        assert.deepEqual([shipped.x, shipped.n, delivered.x, delivered.n], [40, 1500, 60, 1500], what);
    }
    assert.deepEqual((await ask('nevada', 'clock=delivery')).items.filter(({ returned }) => returned).map(({ month, event_month: came, returned }) => [month, came, returned]),
                     [['2025-02-01', '2025-02-01', 40], ['2025-02-01', '2025-03-01', 20]]);
});

test('one line may be asked for among all', async () => {
    const body = await ask('/lines', `line=${line}`);

    assert.deepEqual([body.lines, body.items.length, body.items[0].id], [1, 1, line]);
    assert.deepEqual(body.items[0], mine(await ask('/lines')));
    assertProblem(await api.get(`/api/v1/analytics/lines?line=${nobody('lin')}`, staff), 404, 'not_found');
});

test('months from and to are those of the clock', async () => {
    assert.equal((await ask('cohorts', 'from=2025-02&to=2025-03')).maturity.shipped, 0);
    assert.equal((await ask('cohorts', 'from=2025-02&to=2025-03&clock=delivery')).maturity.shipped, 1000);
});

test('a channel without a time of delivery is named', async () => {
    await api.sql("DELETE FROM delivery_time WHERE channel = '*'; UPDATE delivery_time SET channel = 'other'");
    const refused = await api.get(`/api/v1/analytics/lines/${line}/cohorts?clock=delivery`, staff);

    assertProblem(refused, 422, 'delivery_unknown');
    assert.equal(refused.body.detail, 'No delivery time is entered for the channel shop.');
    await api.sql("UPDATE delivery_time SET channel = 'shop'; INSERT INTO delivery_time (channel, days) VALUES ('*', 0)");
});

test('a range of serials has the units of the registry, and what was filed of them', async () => {
    await api.sql(`INSERT INTO unit (public_id, product, serial, shipped_on, country, channel)
        SELECT new_id('unt'), p.id, 'CK' || n, '2025-03-05', 'DE', 'shop' FROM product AS p, generate_series(90, 109) AS n WHERE p.model = 'CLOCKS';
        INSERT INTO return (public_id, number, state, product, product_id, model, line_code, serial, unit, reason, description, country, name, email, locale)
        SELECT new_id('ret'), 'R-0000-1' || substr(u.serial, 3) || '-0', 'closed', p.id, p.public_id, p.model, 'clocks', u.serial, u.id,
               'doa', 'It does not start.', 'DE', 'Kim', 'kim@test.example', 'en'
          FROM unit AS u JOIN product AS p ON p.id = u.product WHERE u.serial IN ('CK100', 'CK105');
        WITH posted AS (INSERT INTO posting DEFAULT VALUES RETURNING id)
        INSERT INTO unit_event (posting, product, country, channel, ship_day, event_day, class, reason, units, return)
        SELECT posted.id, r.product, 'DE', 'shop', '2025-03-05', '2025-03-25', 'fault', 'doa', 1, r.id FROM posted, return AS r WHERE line_code = 'clocks'`);
    await api.sql('SELECT rollup_fold()');
    await api.folded();
    const counts = async (query) => {
        const { x, n } = await ask('cohorts', `age=30&${query}`);

        return [x, n];
    };

    assert.deepEqual(await counts('serial_from=CK98&serial_to=CK104'), [1, 7]);
    assert.deepEqual(await counts('serial_from=ck100'), [2, 10], 'as people copy it');
    assert.deepEqual(await counts('serial_to=CK99'), [0, 10]);
    assert.deepEqual(await counts('serial_to=CK99&country=FR'), [0, 0]);
    assert.equal((await ask('rate', 'by=country&serial_from=CK98&serial_to=CK104&age=30')).items[0].key, 'DE');
    assert.deepEqual((await ask('cube', 'serial_from=CK100&age=30')).items.map(({ country, reason, n, x }) => [country, reason, n, x]), [['DE', 'doa', 10, 2]]);
    assert.equal(mine(await ask('/lines', 'serial_from=CK98&serial_to=CK104')).shipped, 7);
    assert.equal(mine(await ask('/reserve', 'serial_from=CK98&serial_to=CK104')).n, 7);
});

test('money is told in the currency that is asked for, and chances are what they were', async () => {
    const own = await ask('profit', 'units=1000');
    const dollars = await ask('profit', 'units=1000&currency=USD');

    assert.deepEqual([own.money.currency, dollars.money.currency], ['EUR', 'USD']);
    for (const member of ['margin_minor', 'loss_minor', 'claims_cost_minor', 'price_minor', 'shortfall_minor', 'at_risk_minor', 'money_per_point_minor', 'booked_minor'])
        assert.ok(Math.abs(dollars.money[member] - 2 * own.money[member]) <= 1 + 1e-9 * Math.abs(own.money[member]), member);
    for (const member of ['break_even', 'p_loss', 'expected_returns'])
        assert.ok(Math.abs(dollars.money[member] - own.money[member]) < 1e-9, member);
    const [euros, yen] = [mine(await ask('/lines')), mine(await ask('/lines', 'currency=JPY'))];

    assert.deepEqual([yen.money.currency, yen.money.price_minor, yen.status], ['JPY', euros.money.price_minor * 2, euros.status]);
    assert.match(JSON.stringify(yen), /JPY/);
});

test('the ledger and reserves are told in it as well', async () => {
    const [euros, dollars] = [await ask('pareto'), await ask('pareto', 'currency=USD')];

    assert.deepEqual([euros.currency, dollars.currency, euros.money_minor, dollars.money_minor], ['EUR', 'USD', 500000, 1000000]);
    const money = ({ currency, items }) => [currency, items.reduce((sum, { money_minor: minor }) => sum + (minor ?? 0), 0)];

    assert.deepEqual([money(await ask('cube')), money(await ask('cube', 'currency=JPY'))], [['EUR', 500000], ['JPY', 1000000]]);
    const reserve = mine(await ask('/reserve', 'currency=USD'));

    assert.deepEqual([reserve.currency, reserve.claim_cost_minor], ['USD', 10000]);
});

test('what has no rate stays in its own currency, and that is told', async () => {
    for (const what of ['pareto', 'cube', 'profit', '/lines', '/reserve']) {
        const body = await ask(what, 'currency=GBP');

        assert.deepEqual(body.warnings.filter(({ code }) => code === 'unknown_rate').map(({ detail }) => detail),
                         (what[0] === '/' ? ['EUR', 'USD', 'JPY'] : ['EUR']).map((own) => `No exchange rate is known from ${own} to GBP: amounts in ${own} are left as they are.`), what);
        assert.equal(JSON.stringify(body).includes('"currency":"GBP"'), false, what);
        assert.deepEqual((await ask(what, 'currency=EUR')).warnings.filter(({ code }) => code === 'unknown_rate'), [], what);
    }
});

test('a rate that is entered makes another answer', async () => {
    const before = await ask('pareto', 'currency=USD');

    await api.sql("UPDATE exchange_rate SET rate = 0.25 WHERE currency = 'USD'");
    assert.deepEqual([before.money_minor, (await ask('pareto', 'currency=USD')).money_minor], [1000000, 2000000]);
});
