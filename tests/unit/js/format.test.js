// Figures as people read them.

import { strict as assert } from 'node:assert';
import { test } from 'node:test';
import './dom.js';
import { count, country, month, percent, tick } from '../../../static/js/core/format.js';

test('shares have one decimal, small ones two, missing ones a dash', () => {
    assert.deepEqual([0.0808, 0.2, 0, 0.0043, 1, null, undefined].map(percent), ['8.1%', '20.0%', '0.0%', '0.43%', '100.0%', '–', '–']);
});

test('ticks of a scale are as short as they can be', () => {
    assert.deepEqual([0, 0.05, 0.025].map(tick), ['0%', '5%', '2.5%']);
});

test('counts have separators, months a name', () => {
    assert.equal(count(5576996), '5,576,996');
    assert.equal(month('2026-05'), 'May 2026');
    assert.equal(month('2026-12-01'), 'Dec 2026');
});

test('a country has its name; what the browser does not know stays a code', () => {
    assert.equal(country('DE'), 'Germany');
    assert.equal(country('nonsense'), 'nonsense');
});
