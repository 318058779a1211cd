// Every list of every analysis as a sheet: the description says which there are, and the figures must be those of the JSON.

import { strict as assert } from 'node:assert';
import { after, before, test } from 'node:test';
import { FLAG, startDaemon } from '../fixture.js';
import { lots, makeLine, post } from '../support/history.js';

const NOW = new Date().toISOString();
let api;
let manager;
let line;

before(async () => {
    api = await startDaemon();
    manager = { token: await api.as('manager') };
    line = await makeLine(api, 'sheets', { family: 'sheets' });
    await post(api, lots(NOW, 'SHEETS', 14, (n, half) => (n === 12 && half === 'B' ? 30 : 2)));
    await api.post('/api/v1/analytics/flag-settings', { name: 'age', value: 90, note: 'As it is, "for now", \n= the same.' }, manager);
    await api.post(`/api/v1/analytics/flags/${FLAG}/acknowledgements`, { note: '-1, said the caller.' },
                   { ...manager, match: '"v1-json"' });
});
after(() => api?.stop());

/** The rows of a CSV by RFC 4180, as objects. */
function read(csv) {
    const rows = [[]];
    const cell = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/y;

    assert.equal(csv[0], '\ufeff');
    cell.lastIndex = 1;
    for (let found; cell.lastIndex < csv.length && (found = cell.exec(csv));) {
        rows.at(-1).push(found[1]?.replaceAll('""', '"') ?? found[2]);
        if (found[3] !== ',')
            rows.push([]);
    }
    assert.deepEqual(rows.pop(), [], 'it ends with a whole row');
    const [names, ...lines] = rows;

    return lines.map((cells) => {
        assert.equal(cells.length, names.length);
        return Object.fromEntries(names.map((name, i) => [name, cells[i]]));
    });
}

/** A row of JSON as its sheet must tell it, without what is not known. */
function flat(row, prefix = '') {
    return Object.entries(row).flatMap(([name, value]) => {
        if (value === null)
            return [];
        if (typeof value === 'object' && !Array.isArray(value))
            return flat(value, `${prefix}${name}.`);
        return [[prefix + name, typeof value === 'string' && /^[=+\-@]/.test(value) ? `'${value}` : value]];
    });
}

/** Numbers are the same however they are written, lists within as well. */
function same(value) {
    if (typeof value === 'boolean')
        return String(value);
    if (typeof value !== 'string')
        return value;
    if (/^[[{]/.test(value))
        return JSON.parse(value);
    return Number.isFinite(Number(value)) ? Number(value) : value;
}
const comparable = (entries) => Object.fromEntries(entries.filter(([, value]) => value !== '').map(([name, value]) => [name, same(value)]));

const QUERIES = {
    line_rate_split: ['by=country'],
    line_monitor: ['p', 'laney', 'ewma', 'cusum', 'maxsprt'].map((chart) => `chart=${chart}`),
    line_scan: ['by=ship', 'by=serial'],
};

test('every table of every analysis is there as CSV with the same figures', async () => {
    const { body } = await api.get('/api/v1/openapi.json');
    const empty = [];
    const analyses = Object.entries(body.paths).filter(([path, { get }]) =>
        path.startsWith('/api/v1/analytics/') && get?.responses['200'].content['text/csv']);

    for (const [pattern, { get: operation }] of analyses) {
        const path = pattern.replace('{name}', 'age').replace('{id}', pattern.startsWith('/api/v1/analytics/flags') ? FLAG : line);

        for (const query of QUERIES[operation.operationId] ?? ['']) {
            const json = await api.get(`${path}?${query}`, manager);

            assert.equal(json.status, 200, json.text);
            const tables = Object.entries(json.body).filter(([, rows]) => Array.isArray(rows) && typeof rows[0] === 'object');

            if (!tables.length)
                empty.push(`${operation.operationId}?${query}`);
            for (const [table, rows] of tables) {
                const csv = await api.get(`${path}?${query}&format=csv&table=${table}`, manager);
                const what = `${operation.operationId}?${query} ${table}`;

                assert.equal(csv.status, 200, what);
                assert.deepEqual(read(csv.text).map((row) => comparable(Object.entries(row))),
                                 rows.map((row) => comparable(flat(row))), what);
            }
        }
    }
    assert.deepEqual(empty, [], 'of each analysis some list had rows');
});
