// Flags from end to end: a history is posted, the lines are judged, people answer, things get better.

import { strict as assert } from 'node:assert';
import { after, before, test } from 'node:test';
import { LINES, assertFields, assertProblem, nobody, startDaemon } from '../fixture.js';
import { judged, lots, makeLine, month, pass, post } from '../support/history.js';

const FLAGS = '/api/v1/analytics/flags';
const SETTINGS = '/api/v1/analytics/flag-settings';
const TODAY = new Date().toISOString().slice(0, 10);
/** Months are counted from tomorrow: on its last day a month is over. */
const NOW = new Date(Date.now() + 86400000).toISOString();
let api;
let manager;
let agent;

before(async () => {
    api = await startDaemon({ settings: { flag_seconds: 0 } });
    manager = { token: await api.as('manager') };
    agent = { token: await api.as('agent') };
});
after(() => api?.stop());

const get = async (path, who = manager) => {
    const { status, body, text, headers } = await api.get(path, who);

    assert.equal(status, 200, text);
    return { ...body, etag: headers.etag };
};
const flagsOf = async (line, query = '') => (await get(`${FLAGS}?line=${line}${query}`)).items;
const lineOf = async (id) => (await get('/api/v1/analytics/lines')).items.find((line) => line.id === id);
const told = (flags) => flags.map(({ code, subject, level, state }) => [code, subject, level, state]);

test('a bad lot is named, acknowledged, and its flag is cleared when it was a mistake', async () => {
    const line = await makeLine(api, 'batchy', { family: 'batchy' });

    // Of each lot one percent a month comes back; of L10B five.
    await post(api, lots(NOW, 'BATCHY', 12, (n, half) => (n === 10 && half === 'B' ? 10 : 2)));
    await judged(api);
    const [flag, ...others] = (await flagsOf(line)).filter(({ code }) => code === 'batch_cluster');

    assert.deepEqual(others, []);
    assert.deepEqual([flag.subject, flag.level, flag.state, flag.line, flag.raised_on], ['L10B', 'watch', 'raised', line, TODAY]);
    assert.match(flag.sentence, /^Line batchy: Lot L10B: 20 faults among 200 units where the rest of the line lets expect /);
    assert.equal((await lineOf(line)).status, 'watch');
    const whole = await get(`${FLAGS}/${flag.id}`);
    const [batch] = whole.evidence.batches;

    // Its 200 units at 1 % a month, as the 23 other lots have it, less those that have left.
    assert.deepEqual([batch.lot, batch.observed, batch.signal], ['L10B', 20, true]);
    assert.ok(Math.abs(batch.expected - (200 + 190) * .01) < .1, `${batch.expected}`);
    assert.ok(batch.llr > batch.boundary && batch.p < .05 / 24);

    const acknowledged = await api.post(`${FLAGS}/${flag.id}/acknowledgements`, { note: 'The lot is blocked.' },
                                        { ...agent, match: whole.etag });

    assert.equal(acknowledged.status, 200, acknowledged.text);
    assert.equal(acknowledged.body.state, 'acknowledged');
    assertProblem(await api.post(`${FLAGS}/${flag.id}/acknowledgements`, { note: 'Me too.' }, { ...agent, match: whole.etag }), 412, 'stale');

    // The faults were booked to the wrong lot: they are taken back.
    await post(api, lots(NOW, 'BATCHY', 12, (n, half) => (n === 10 && half === 'B' ? -8 : 0)).filter(({ units }) => units < 0));
    await judged(api);
    const clean = await get(`${FLAGS}/${flag.id}`);

    assert.deepEqual([clean.state, clean.clean_since, clean.cleared_on], ['acknowledged', TODAY, null], 'not sure yet');
    assert.equal((await lineOf(line)).status, 'watch', 'it is watched until then');
    await pass(api, 29);
    assert.equal((await get(`${FLAGS}/${flag.id}`)).state, 'acknowledged');
    await pass(api, 1);
    const over = await get(`${FLAGS}/${flag.id}`);

    assert.deepEqual([over.state, over.cleared_on], ['cleared', TODAY]);
    assert.equal((await lineOf(line)).status, 'earning');
    assertProblem(await api.post(`${FLAGS}/${flag.id}/acknowledgements`, { note: 'Too late.' }, { ...agent, match: over.etag }), 409, 'transition_not_allowed');
    const { items } = await get(`${FLAGS}/${flag.id}/events`);

    assert.deepEqual(items.map(({ kind, actor_name, note }) => [kind, actor_name, note]).reverse(), [
        ['raised', null, flag.sentence], ['acknowledged', 'Ana Agent', 'The lot is blocked.'], ['cleared', null, items[0].note],
    ]);
    assert.equal(items.at(-1).evidence.batches[0].lot, 'L10B', 'what was seen then is kept');
});

test('a lot whose flag was cleared is watched anew: only new faults count', async () => {
    const line = await makeLine(api, 'again', { family: 'again' });
    const bad = (n, half) => (n === 10 && half === 'A' ? 10 : 2);

    await post(api, lots(NOW, 'AGAIN', 12, bad));
    await judged(api);
    const batches = async () => (await flagsOf(line)).filter(({ code }) => code === 'batch_cluster');

    assert.equal((await batches()).length, 1);
    await api.sql(`UPDATE flag SET state = 'cleared', cleared_on = current_date WHERE code = 'batch_cluster' AND state <> 'cleared'`);
    await pass(api, 0);
    assert.deepEqual((await batches()).map(({ state }) => state), ['cleared'], 'its old faults do not raise it again');
    const shipped = `${month(NOW, -4)}-05`;

    await post(api, [{ model: 'AGAIN', shipped, came: TODAY, class: 'fault', lot: 'L10A', units: 12 }]);
    await judged(api);
    const raised = (await batches()).find(({ state }) => state === 'raised');

    assert.equal(raised?.subject, 'L10A');
    assert.match(raised.sentence, /Lot L10A: 12 faults /);
});

test('a rise of the newest month is found, and told with what was expected', async () => {
    const line = await makeLine(api, 'rising', { family: 'rising' });
    const months = Array.from({ length: 20 }, (_, n) => month(NOW, n - 20));

    // 500 units a month to each of two countries; of them 10 come back in the month after, of the French 50 in the newest.
    await post(api, months.flatMap((shipped, n) => ['DE', 'FR'].flatMap((country) => [
        { model: 'RISING', country, shipped: `${shipped}-10`, units: 500 },
        { model: 'RISING', country, shipped: `${shipped}-10`, came: `${month(shipped, 1)}-15`, class: 'remorse', units: n > 18 ? 0 : n === 18 && country === 'FR' ? 50 : 10 },
    ])));
    await judged(api);
    const { trend } = await lineOf(line);
    const [flag] = (await flagsOf(line)).filter(({ code }) => code === 'rising');

    assert.deepEqual([trend.from.slice(0, 7), trend.to.slice(0, 7)], [month(NOW, -1), month(NOW, 0)]);
    assert.deepEqual([trend.observed, trend.expected, trend.ratio], [60, 20, 3]);
    assert.deepEqual([flag.level, flag.state], ['watch', 'raised']);
    assert.match(flag.sentence, new RegExp(`60 returns in ${month(NOW, -1)} where the ages of the units let expect 20: 3\\.00 times as many`));
    assert.match(flag.sentence, / All of the rise is explained by country FR: 50 where 10 were expected\.$/);
});

test('a danger, a fee, dearer parts and a lower price are told', async () => {
    const shipped = `${month(NOW, -5)}-03`;
    const line = await makeLine(api, 'various', { family: 'various', fee_category: 'luggage' });

    await api.sql(`INSERT INTO line_cost (line, valid_from, currency, price_minor, cogs_minor, outbound_minor, fees_minor, inbound_minor,
            inspect_minor, repair_minor, recovery_minor)
        SELECT id, current_date - 10, 'EUR', 9000, 5500, 500, 1500, 500, 200, 300, 2000 FROM product_line WHERE code = 'various'`);
    await post(api, [
        { model: 'VARIOUS', shipped, units: 1000, channel: 'amazon' },
        { model: 'VARIOUS', shipped, came: `${month(NOW, -4)}-10`, class: 'remorse', units: 150, channel: 'amazon' },
        { model: 'VARIOUS', shipped, units: 1000, channel: 'webshop' },
        { model: 'VARIOUS', shipped, came: TODAY, class: 'fault', reason: 'Burnt smell, smoke', units: 1, channel: 'webshop' },
    ]);
    await judged(api);
    const flags = Object.fromEntries((await flagsOf(line)).map((flag) => [flag.code, flag]));

    assert.equal(flags.safety.level, 'at_risk', 'a danger with another reason to watch');
    assert.match(flags.safety.sentence, /1 fault whose reason speaks of a danger/);
    assert.match(flags.fee_threshold.sentence, new RegExp(`Of 1,000 units shipped in ${month(NOW, -5)} through the marketplace 150 came back`));
    assert.match(flags.fee_threshold.sentence, /\(15\.0 %\)\. It charges from 12\.8 % on for luggage; .* Units charged: 22\./);
    assert.match(flags.cost_up.sentence, /A unit costs EUR 75\.00 to sell, 7\.1 % more than before: EUR 70\.00 from 2020-01-01 on\./);
    assert.match(flags.price_down.sentence, /The price is EUR 90\.00, 10\.0 % less than before: EUR 100\.00/);
    assert.equal((await lineOf(line)).status, 'at_risk');
});

test('what is missing is flagged, and no longer once it is there', async () => {
    const line = await makeLine(api, 'missing', { family: 'missing', cost: null });
    const shipped = `${month(NOW, -6)}-03`;

    await post(api, [{ model: 'MISSING', shipped, units: 20 }]);
    await judged(api);
    assert.deepEqual(told(await flagsOf(line)), [['data_gap', '', 'no_verdict', 'raised']]);
    await api.sql(`INSERT INTO line_cost (line, valid_from, currency, price_minor, cogs_minor, outbound_minor, fees_minor, inbound_minor,
            inspect_minor, repair_minor, recovery_minor)
        SELECT id, '2020-01-01', 'EUR', 9000, 5500, 500, 1500, 500, 200, 300, 2000 FROM product_line WHERE code = 'missing'`);
    await judged(api);
    assert.deepEqual(told(await flagsOf(line)), [['immature', '', 'no_verdict', 'raised'], ['data_gap', '', 'no_verdict', 'cleared']]);
    await post(api, [{ model: 'MISSING', shipped, units: 2000 }, { model: 'MISSING', shipped, came: shipped, class: 'remorse', units: 2 }]);
    await judged(api);
    assert.deepEqual(told(await flagsOf(line, '&state=raised')), []);
    assert.equal((await lineOf(line)).status, 'earning');
    await post(api, [{ model: 'MISSING', shipped: null, came: `${month(NOW, -1)}-03`, class: 'fault', units: 9 }]);
    await judged(api);
    const [gap] = await flagsOf(line, '&state=raised');

    assert.match(gap.sentence, /81\.8 % of the returns \(9\) belong to no known shipment/);
});

test('flags are listed newest first, by state, and page by page', async () => {
    const all = (await get(`${FLAGS}?limit=100`)).items;
    const first = await get(`${FLAGS}?limit=2`);
    const second = await get(first.page.next);

    assert.deepEqual([...first.items, ...second.items].map(({ id }) => id), all.slice(0, 4).map(({ id }) => id));
    assert.deepEqual((await get(`${FLAGS}?state=cleared&limit=100`)).items.map(({ id }) => id),
                     all.filter(({ state }) => state === 'cleared').map(({ id }) => id));
    assert.deepEqual((await flagsOf(LINES.heater)), []);
    assertFields(await api.get(`${FLAGS}?state=open`, manager), { '?state': 'not_one_of' });
    assertProblem(await api.get(`${FLAGS}?line=${nobody('lin')}`, manager), 404, 'not_found');
    assertProblem(await api.get(`${FLAGS}/${nobody('flg')}`, manager), 404, 'not_found');
});

test('thresholds can be changed by managers, within their range, with a reason that is kept', async () => {
    const value = async (name) => (await get(SETTINGS)).items.find((item) => item.name === name);
    const before = await value('chance_watch');

    assert.deepEqual([before.value, before.default, before.kind, before.changed], [.2, .2, 'share', null]);
    const changed = await api.post(SETTINGS, { name: 'chance_watch', value: .25, note: 'Fewer alarms, please.' }, manager);

    assert.equal(changed.status, 201, changed.text);
    assert.equal(changed.headers.location, `${SETTINGS}/chance_watch/history`);
    const now = await value('chance_watch');

    assert.deepEqual([now.value, now.default, now.note, now.actor_name], [.25, .2, 'Fewer alarms, please.', 'Max Manager']);
    await api.post(SETTINGS, { name: 'chance_watch', value: .2, note: 'Back.' }, manager);
    assert.deepEqual((await get(changed.headers.location)).items.map(({ value, note }) => [value, note]),
                     [[.2, 'Back.'], [.25, 'Fewer alarms, please.']]);
    assertFields(await api.post(SETTINGS, { name: 'luck', value: 1, note: 'x' }, manager), { '/name': 'not_one_of' });
    for (const [name, wrong] of [['chance_watch', 7], ['age', 45], ['excess_min', 1.5], ['ratio_min', 1]])
        assertFields(await api.post(SETTINGS, { name, value: wrong, note: 'x' }, manager), { '/value': 'out_of_range' });
    assertFields(await api.post(SETTINGS, { name: 'age', note: '' }, manager), { '/value': 'missing', '/note': 'too_short' });
    assertProblem(await api.get(`${SETTINGS}/luck/history`, manager), 404, 'not_found');
});

test('a threshold that is changed is judged by at once', async () => {
    const line = await makeLine(api, 'stricter', { family: 'stricter' });
    const shipped = `${month(NOW, -6)}-03`;

    // Margin 30, loss 45 a unit: break-even at 40 %, and of 35 % nobody would say it is a loss.
    await post(api, [{ model: 'STRICTER', shipped, units: 40 }, { model: 'STRICTER', shipped, came: shipped, class: 'remorse', units: 1 }]);
    await judged(api);
    assert.deepEqual(told(await flagsOf(line)), []);
    await api.post(SETTINGS, { name: 'units_min', value: 50, note: 'More certainty.' }, manager);
    await judged(api);
    assert.deepEqual(told(await flagsOf(line)), [['immature', '', 'no_verdict', 'raised']]);
    await api.post(SETTINGS, { name: 'units_min', value: 30, note: 'Back.' }, manager);
    await judged(api);
    assert.deepEqual(told(await flagsOf(line)), [['immature', '', 'no_verdict', 'cleared']]);
});
