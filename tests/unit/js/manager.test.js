// Periods and scales of the manager's page.

import { strict as assert } from 'node:assert';
import { test } from 'node:test';
import './dom.js';

globalThis.document.querySelector = () => null;
globalThis.document.addEventListener = () => {};
const { periodQuery, shift } = await import('../../../static/js/manager/period.js');
const { scaleFor, whisker } = await import('../../../static/js/manager/whisker.js');

const bar = (rate, low, high) => ({ rate, interval: { low, high } });

test('months are moved over the ends of years', () => {
    assert.equal(shift('2026-12', 1), '2027-01');
    assert.equal(shift('2026-01', -1), '2025-12');
    assert.equal(shift('2026-11', -11), '2025-12');
    assert.equal(shift('2026-05', 0), '2026-05');
});

test('people name the last month, the API gets the one after it', () => {
    assert.deepEqual(periodQuery(new URLSearchParams('from=2026-01&to=2026-12')), { from: '2026-01', to: '2027-01' });
    assert.deepEqual(periodQuery(new URLSearchParams('from=2026-13&to=x')), {});
});

test('a scale ends at a round number above all sure values', () => {
    assert.equal(scaleFor([bar(0.033, 0.03, 0.036)], [0.052]).max, 0.06);
    assert.equal(scaleFor([bar(0.15, 0.12, 0.18)], [null]).max, 0.2);
    assert.equal(scaleFor([], [undefined]).max, 0.01);
});

test('a very uncertain line does not squeeze the others', () => {
    assert.equal(scaleFor([bar(0.05, 0.04, 0.06), bar(0.04, 0.01, 0.7)], [0.05]).max, 0.06);
    assert.equal(scaleFor([bar(0.04, 0.01, 0.7)], []).max, 1, 'unless there is no other');
});

test('a break-even rate far off does not squeeze the bars', () => {
    assert.equal(scaleFor([bar(0.05, 0.04, 0.06)], [0.72]).max, 0.06);
    assert.equal(scaleFor([bar(0.05, 0.04, 0.06)], [0.09]).max, 0.1);
});

test('an interval that leaves the scale has no cap at its end', () => {
    const scale = scaleFor([bar(0.05, 0.04, 0.06)], [0.05]);
    const range = (item) => String(whisker(item, 0.05, scale)).match(/whisker-range" d="([^"]*)"/)[1];

    assert.equal(range(bar(0.05, 0.04, 0.06)).match(/v8/g).length, 2);
    assert.equal(range(bar(0.05, 0.04, 0.7)).match(/v8/g).length, 1);
    assert.equal(whisker({ rate: null, interval: null }, 0.05, scale), null);
});
