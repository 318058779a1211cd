// All languages say the same things, and the pages ask for nothing else.

import { strict as assert } from 'node:assert';
import { readFileSync, readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));
const read = (path) => readFileSync(join(ROOT, path), 'utf8');
const list = (folder, ending) => readdirSync(join(ROOT, folder), { recursive: true }).filter((name) => name.endsWith(ending)).map((name) => join(folder, name));
const flat = (object, prefix = '') => Object.entries(object).flatMap(([key, value]) =>
    (typeof value === 'object' ? flat(value, `${prefix}${key}.`) : [[prefix + key, value]]));
const stem = (key) => key.replace(/_(zero|one|two|few|many|other)$/, '');
const holes = (value) => [...new Set([...value.matchAll(/\{\{(\w+)\}\}/g)].map(([, name]) => name))].sort().join();

const catalogues = new Map(list('static/i18n', '.json').map((path) => [basename(path, '.json'), new Map(flat(JSON.parse(read(path))))]));
const english = catalogues.get('en');
const stems = (texts) => [...new Set([...texts.keys()].map(stem))].sort();
const plurals = new Set([...english.keys()].filter((key) => /_other$/.test(key) && english.has(key.replace(/_other$/, '_one'))).map(stem));

for (const [locale, texts] of catalogues) {
    test(`${locale} has the same keys as English`, () => assert.deepEqual(stems(texts), stems(english)));

    test(`${locale} has the same placeholders as English`, () => {
        for (const [key, value] of texts) {
            const original = english.get(key) ?? english.get(`${stem(key)}_other`);

            assert.equal(holes(value), holes(original), key);
        }
    });

    test(`${locale} has all plural forms of its language, and only those`, () => {
        const forms = new Intl.PluralRules(locale).resolvedOptions().pluralCategories;

        for (const name of plurals)
            assert.deepEqual([...texts.keys()].filter((key) => stem(key) === name && key !== name).sort(), forms.map((form) => `${name}_${form}`).sort());
    });

    test(`${locale} has no empty text, and no blanks around one`, () => {
        for (const [key, value] of texts)
            assert.ok(key === 'language.ranges' || (value !== '' && value.trim() === value), key);
    });

    if (locale !== 'en')
        test(`${locale} left nothing in English`, () => {
            const same = [...texts].filter(([key, value]) => english.get(key) === value && /[a-z]{3}/i.test(value.replace(/\{\{\w+\}\}/g, '')));

            assert.deepEqual(same, []);
        });
}

test('English says of every problem what problems.def says', () => {
    const rows = [...read('server/problems.def').matchAll(/^PROBLEM\((\w+),\s*(\d+),\s*"(.*)"\)$/gm)];

    assert.ok(rows.length > 30);
    for (const [, name, status, title] of rows) {
        assert.equal(english.get(`problem.${name.toLowerCase()}`), title);
        assert.ok(english.has(`problemPage.advice.${status}`), `advice for ${status}`);
    }
    assert.equal([...english.keys()].filter((key) => key.startsWith('problem.')).length, rows.length);
});

test('every reason, state and event of the database has a text', () => {
    const sql = read('sql/migration/0003_service.sql');
    const codes = (table) => [...sql.split(`INSERT INTO ${table} `)[1].split(';')[0].matchAll(/\('(?:R\d\d', ')?([a-z_]+)'/g)].map(([, code]) => code);

    for (const code of codes('return_reason')) {
        assert.ok(english.has(`reason.${code}`), code);
        assert.ok(english.has(`reasonShort.${code}`), code);
    }
    for (const code of codes('return_state'))
        assert.ok(english.has(`returnState.${code}`), code);
    for (const code of codes('ticket_state'))
        assert.ok(english.has(`ticketState.${code}`), code);
    for (const [, code] of /return_event_kind_known CHECK \(kind IN \((.*)\)\)/.exec(sql)[1].matchAll(/'(\w+)'/g))
        assert.ok(english.has(`timeline.${code}`), code);
});

test('the pages offer exactly the reasons that the database offers', () => {
    const sql = read('sql/migration/0003_service.sql');
    const offered = [...sql.matchAll(/\('R\d\d', '(\w+)',\s*\w+,\s*true\)/g)].map(([, code]) => code);
    const radios = [...read('static/pages/return.html').matchAll(/name="reason"(?: id="reason")? value="(\w+)"/g)].map(([, code]) => code);

    assert.deepEqual(radios.sort(), offered.sort());
});

test('every text that a page or a script names exists', () => {
    const known = (key) => english.has(key) || english.has(`${key}_other`);
    const own = ['lang', 'segment', 'page', 'languages', 'code', 'status', 'title', 'advice'];

    for (const path of list('static/pages', '.html'))
        for (const [, key] of read(path).matchAll(/\{\{([\w.]+)\}\}/g))
            assert.ok(own.includes(key) || known(key), `${path}: ${key}`);
    for (const path of list('static/js', '.js'))
        for (const [, key] of read(path).matchAll(/\btext\("([\w.]+)"/g))
            assert.ok(known(key), `${path}: ${key}`);
});

test('a page bakes in every section its script uses', () => {
    for (const path of list('static/js/pages', '.js')) {
        const name = basename(path, '.js');
        const sections = /\{\{texts:([^}]*)\}\}/.exec(read(`static/pages/${name}.html`))[1].split(' ');
        const used = [path, ...(name === 'partner' || name === 'manager' || name === 'return' ? list(`static/js/${name}`, '.js') : [])]
            .flatMap((file) => [...read(file).matchAll(/\btext\("([\w.]+)"/g)].map(([, key]) => key));

        for (const key of used)
            assert.ok(sections.some((section) => key.startsWith(`${section}.`)), `${name}: ${key}`);
    }
});
