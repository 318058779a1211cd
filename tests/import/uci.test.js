// The published facts of UCI Online Retail, over HTTP.

import { strict as assert } from 'node:assert';
import { existsSync, readFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { startDaemon } from '../fixture.js';
import { imported, saveMap } from '../support/import.js';
import { sample, shared } from './helper.js';

const FILE = shared('uci_online_retail_2010_2011.csv.gz');
const skip = existsSync(FILE) ? false : `${FILE} is not there`;
const PATH = '/api/v1/analytics/lines';

/** Country: units returned and sold, of codes with five leading digits. */
const COUNTRIES = {
    GB: [258099, 4654251], IE: [4800, 147062], DE: [1798, 118139], FR: [1579, 111269], NL: [324, 200258],
    ES: [1124, 27731],
};
const MONTHS = { '2011-01': .20594, '2011-02': .00920, '2011-11': .01644, '2011-12': .26669 };

let api;
let staff;
let line;

before(async () => {
    if (skip)
        return;
    api = await startDaemon();
    staff = { token: await api.as('manager') };
});
after(() => api?.stop());

const split = async (by) => {
    const { body } = await api.get(`${PATH}/${line.id}/rate?by=${by}&basis=flow`, staff);

    return Object.fromEntries(body.items.map(({ key, ...counts }) => [key, counts]));
};

test('the real file is imported without a rejected row', { skip }, async () => {
    const map = await saveMap(api, staff, 'uci', JSON.parse(readFileSync(sample('uci.map.json'), 'utf8')));
    const { state, problem, result } = await imported(api, staff, readFileSync(FILE), { map, file_name: 'uci.csv.gz' });

    assert.deepEqual([state, problem], ['succeeded', null]);
    assert.deepEqual([result.rows.read, result.rows.skipped, result.rows.rejected], [541909, 5480, 0]);
    assert.equal(result.rows.accepted, 527725 + 8704);
    assert.deepEqual([result.units.shipped, result.units.returned], [5576996, 272030]);
    await api.folded();
});

test('the service answers with the published totals', { skip }, async () => {
    const { body } = await api.get(PATH, staff);

    line = body.items.find(({ code }) => code === 'uci_online_retail');
    assert.equal(line.shipped, 5576996);
    assert.equal(line.returned, 272030);
    assert.equal((line.returned / line.shipped).toFixed(7), '0.0487772');
    // The file does not tell what was sold when of what came back, so there is no cohort to judge.
    assert.deepEqual([line.uncovered.x, line.uncovered.share, line.nrr.x], [272030, 1, 0]);
    assert.deepEqual([line.status, line.reason], ['no_verdict', 'uncovered_returns']);
});

test('it answers with the published counts of countries', { skip }, async () => {
    const found = await split('country');

    for (const [country, [returned, sold]] of Object.entries(COUNTRIES)) {
        assert.equal(found[country].returned, returned, country);
        assert.equal(found[country].sold, sold, country);
    }
});

test('it answers with the published rates of months', { skip }, async () => {
    const found = await split('month');

    assert.equal(Object.keys(found).length, 13);
    for (const [month, rate] of Object.entries(MONTHS))
        assert.equal(found[month].rate.toFixed(5), rate.toFixed(5), month);
});

test('it answers with the published counts of one code', { skip }, async () => {
    const found = await split('product');

    assert.equal(found['85123A'].returned, 2578);
    assert.equal(found['85123A'].sold, 37660);
});

test('the import is listed, and a repeat of it does nothing', { skip }, async () => {
    const listed = async () => (await api.get('/api/v1/sales-imports', staff)).body.items
        .filter(({ rows_read }) => rows_read === 541909);
    const [first, ...rest] = await listed();
    const { stdout } = api.run(['import', '--map', sample('uci.map.json'), FILE]);

    assert.equal(rest.length, 0);
    assert.equal(first.units_sold, 5576996);
    assert.equal(first.rows_skipped, 5480);
    assert.match(stdout, new RegExp(`Nothing to do: .* as ${first.id}\\.\n$`));
    assert.deepEqual(await listed(), [first]);
});
