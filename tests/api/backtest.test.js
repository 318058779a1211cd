// The past judged anew, on histories of which it is known what an alarm would have been worth.

import { strict as assert } from 'node:assert';
import { after, before, test } from 'node:test';
import { assertFields, assertProblem, nobody, startDaemon } from '../fixture.js';
import { lots, makeLine, month, post } from '../support/history.js';

const BACKTEST = '/api/v1/analytics/backtest';
/** Months are counted from tomorrow: on its last day a month is over. */
const NOW = new Date(Date.now() + 86400000).toISOString();
let api;
let manager;

before(async () => {
    api = await startDaemon();
    manager = { token: await api.as('manager') };
});
after(() => api?.stop());

const run = async (query) => {
    const { status, body, text } = await api.get(`${BACKTEST}?${query}`, manager);

    assert.equal(status, 200, text);
    return body;
};
const scoreOf = (body, code) => body.scores.find((score) => score.code === code);
const only = (list, code) => list.filter((item) => item.code === code);
const at = (by) => `${month(NOW, by)}-01`;
const rows = (list, ...names) => list.map((item) => names.map((name) => item[name]));

/** A thousand units a month for 24 months; `back(by)` of them return in the month `by` before now, all at lag 1. */
const steady = (model, back) => Array.from({ length: 24 }, (_, n) => n - 25).flatMap((by) => [
    { model, shipped: `${month(NOW, by)}-10`, units: 1000 },
    { model, shipped: `${month(NOW, by)}-10`, came: `${month(NOW, by + 1)}-15`, class: 'remorse', units: back(by + 1) },
]);

test('a lot that was named at the end of the month in which its faults came was named rightly', async () => {
    const line = await makeLine(api, 'named', { family: 'named' });

    // Shipped four months ago; five percent came back in the month after, one percent of all others.
    await post(api, lots(NOW, 'NAMED', 12, (n, half) => (n === 10 && half === 'B' ? 10 : 2)));
    const body = await run(`line=${line}`);

    assert.deepEqual([body.from, body.to, body.lines, body.line_months], [at(-12), at(0), 1, 12]);
    assert.deepEqual(rows(only(body.items, 'batch_cluster'), 'line', 'line_code', 'subject', 'level', 'raised', 'cleared', 'verdict', 'since'),
                     [[line, 'named', 'L10B', 'watch', at(-3), null, 'right', at(-4)]]);
    // Its 200 units at the one percent of the others.
    assert.match(only(body.items, 'batch_cluster')[0].sentence, /10 faults among 200 units where the rest of the line lets expect 2\./);
    const { alarms, right, wrong, open, missed, delay, wrong_per_line_year: wrongly } = scoreOf(body, 'batch_cluster');

    assert.deepEqual([alarms, right, wrong, open, missed, delay, wrongly], [1, 1, 0, 0, 0, 1, 0]);
    assert.deepEqual(body.missed, []);
});

test('a lot that no alarm named is missed', async () => {
    const line = await makeLine(api, 'unnamed', { family: 'unnamed' });

    // Its faults come in the month after: before that nothing can be known of it.
    await post(api, lots(NOW, 'UNNAMED', 12, (n, half) => (n === 5 && half === 'A' ? 9 : 2)));
    const early = await run(`line=${line}&to=${month(NOW, -8)}`);

    assert.deepEqual(only(early.items, 'batch_cluster'), []);
    assert.deepEqual(rows(early.missed, 'line', 'code', 'subject', 'from', 'to'), [[line, 'batch_cluster', 'L5A', at(-9), at(-8)]]);
    assert.deepEqual([scoreOf(early, 'batch_cluster').missed, scoreOf(early, 'batch_cluster').delay], [1, null]);
    const whole = await run(`line=${line}`);

    assert.deepEqual(rows(only(whole.items, 'batch_cluster'), 'subject', 'verdict'), [['L5A', 'right']]);
    assert.deepEqual(whole.missed, []);
});

test('a rise that lasted was told rightly, one that did not was a false alarm, and what thresholds hide is missed', async () => {
    const lasting = await makeLine(api, 'lasting', { family: 'lasting' });
    const passing = await makeLine(api, 'passing', { family: 'passing' });

    // Of 1,000 units 20 come back; from six months ago on 50. Or 40 in that month alone, and then 15: 70 in all where 60 are expected.
    await post(api, steady('LASTING', (by) => (by >= -6 ? 50 : 20)));
    await post(api, steady('PASSING', (by) => ({ [-6]: 40, [-5]: 15, [-4]: 15 })[by] ?? 20));
    const body = await run(`line=${lasting}`);
    const [alarm] = only(body.items, 'rising');

    assert.deepEqual([alarm.raised, alarm.verdict, alarm.since], [at(-6), 'right', at(-8)],
                     'of the three months from eight months ago on as many came back as make a rise, by hindsight');
    assert.match(alarm.sentence, /50 returns in .* let expect 20: 2\.50 times as many/);
    const wrong = only((await run(`line=${passing}`)).items, 'rising');

    assert.deepEqual(rows(wrong, 'raised', 'verdict', 'since'), [[at(-6), 'wrong', null]]);
    assert.equal(scoreOf(await run(`line=${passing}`), 'rising').wrong_per_line_year, 1);
    const deaf = await run(`line=${lasting}&expected_min=55`);

    assert.deepEqual(only(deaf.items, 'rising'), [], 'fifty expected are too few to be tested');
    // Of three months 60 are expected; the last three that are over begin three months ago.
    assert.deepEqual(rows(deaf.missed, 'line', 'code', 'subject', 'from', 'to'), [[lasting, 'rising', null, at(-8), at(-2)]]);
    const strict = await run(`line=${lasting}&ratio_min=2.6`);

    assert.deepEqual([only(strict.items, 'rising'), strict.missed], [[], []]);
    const { name, value, in_force: inForce } = strict.thresholds.find(({ name }) => name === 'ratio_min');

    assert.deepEqual([name, value, inForce], ['ratio_min', 2.6, 1.25]);
});

test('an alarm about the rate is right only if the returns came to more than break-even', async () => {
    // Margin 30, loss 45 a unit: break-even lies at 40 %.
    const dear = await makeLine(api, 'dear', { family: 'dear' });
    const cheap = await makeLine(api, 'cheap', { family: 'cheap' });
    const shipped = `${month(NOW, -20)}-10`;
    const back = (model, units) => post(api, [
        { model, shipped, units: 40 }, { model, shipped, came: `${month(NOW, -20)}-25`, class: 'remorse', units },
    ]);

    await back('DEAR', 18);
    await back('CHEAP', 14);
    for (const [line, verdict] of [[dear, 'right'], [cheap, 'wrong']]) {
        const body = await run(`line=${line}`);
        const alarms = only(body.items, 'rate_above_breakeven');

        assert.deepEqual(rows(alarms, 'raised', 'cleared', 'verdict'), [[at(-12), null, verdict]]);
        assert.equal(scoreOf(body, 'rate_above_breakeven')[verdict], 1);
    }
    // Before anything is booked, thresholds that ask for more than is known tell nothing, and the dear line is missed; its first
    // month has too few units that count in full.
    const deaf = 'chance_watch=.9&chance_at_risk=.95&chance_loss=.99&margin_loss_max=10';
    const missed = await run(`line=${dear}&${deaf}&from=${month(NOW, -20)}&to=${month(NOW, -17)}`);

    assert.deepEqual(only(missed.items, 'rate_above_breakeven'), []);
    assert.deepEqual(rows(missed.missed, 'code', 'from', 'to'), [['rate_above_breakeven', at(-19), at(-17)]]);
    assert.deepEqual((await run(`line=${cheap}&${deaf}&from=${month(NOW, -20)}&to=${month(NOW, -17)}`)).missed, []);
});

test('all lines are replayed at once, and the alarms are also a table of CSV', async () => {
    const body = await run('');
    const { text, headers } = await api.get(`${BACKTEST}?format=csv&table=scores`, manager);

    assert.equal(body.lines, Number(await api.sql('SELECT count(*) FROM product_line')));
    assert.equal(body.line_months, 12 * body.lines);
    assert.deepEqual(['named', 'unnamed', 'lasting', 'passing', 'dear', 'cheap'].filter((code) => !body.items.some((item) => item.line_code === code)), []);
    assert.match(headers['content-type'], /^text\/csv/);
    assert.equal(text.trim().split(/\r?\n/).length, 1 + body.scores.length);
});

test('what cannot be replayed is refused with the reason', async () => {
    const get = (query) => api.get(`${BACKTEST}?${query}`, manager);

    assertProblem(await get(`from=${month(NOW, 0)}`), 422, 'invalid_value');
    assertProblem(await get(`from=${month(NOW, -3)}&to=${month(NOW, -3)}`), 422, 'invalid_value');
    assertProblem(await get('from=1990-01'), 422, 'invalid_value');
    assertProblem(await get(`line=${nobody('lin')}`), 404, 'not_found');
    assertFields(await get('from=May'), { '?from': 'malformed' });
    assertProblem(await get('luck=1'), 400, 'unknown_parameter');
    for (const wrong of ['chance_watch=7', 'age=45', 'excess_min=1.5', 'ratio_min=1'])
        assertProblem(await get(wrong), 422, 'invalid_value');
});
