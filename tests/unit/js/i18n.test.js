// Texts with plural forms and placeholders.

import { strict as assert } from 'node:assert';
import { test } from 'node:test';
import './dom.js';
import { catalogue } from '../../../static/js/core/i18n.js';

test('a count chooses the plural form of the language', () => {
    const english = catalogue({ n_one: '{{count}} job', n_other: '{{count}} jobs' }, 'en');
    const polish = catalogue({ n_one: '{{count}} plik', n_few: '{{count}} pliki', n_many: '{{count}} plików', n_other: '{{count}} pliku' }, 'pl');
    const chinese = catalogue({ n_other: '{{count}} 个任务' }, 'zh-Hans');

    assert.deepEqual([0, 1, 2].map((count) => english('n', { count })), ['0 jobs', '1 job', '2 jobs']);
    assert.deepEqual([1, 3, 5, 1.5].map((count) => polish('n', { count })), ['1 plik', '3 pliki', '5 plików', '1,5 pliku']);
    assert.equal(chinese('n', { count: 1 }), '1 个任务');
});

test('a plural form that a catalogue lacks falls back to the general one', () => {
    assert.equal(catalogue({ n_other: '{{count}} things' }, 'en')('n', { count: 1 }), '1 things');
});

test('placeholders are filled, numbers as the language writes them, unknown ones stay', () => {
    assert.equal(catalogue({ a: '{{x}} and {{y}}' }, 'en')('a', { x: 'one' }), 'one and {{y}}');
    assert.equal(catalogue({ a: '{{x}}' }, 'de')('a', { x: 1234567.5 }), '1.234.567,5');
    assert.equal(catalogue({ a: '{{x}} {{x}}' }, 'en')('a', { x: '$&' }), '$& $&');
    assert.equal(catalogue({ a: '{{x}}' }, 'en')('a', { x: '{{y}}', y: 'z' }), '{{y}}');
});

test('an unknown key shows itself', () => {
    assert.equal(catalogue({}, 'en')('no.such.key'), 'no.such.key');
});
