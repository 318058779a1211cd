// Runs last: what all other tests saw is held against the service's own description.

import { strict as assert } from 'node:assert';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import Ajv from 'ajv/dist/2020.js';
import { BUILD, ROOT, startDaemon } from '../fixture.js';

/** What any request may meet, so that no operation lists it. */
const ANYWHERE = [404, 405, 408, 413, 414, 429, 431, 500, 503];
/** Needs a fault that no test can plant from outside. */
const NOT_PROVOKED = ['internal'];

let document;
let exchanges;

before(async () => {
    const api = await startDaemon();

    document = (await api.get('/api/v1/openapi.json')).body;
    await api.stop();
    exchanges = recorded();
});

/** Everything that was said, with the operation it was said to. */
function recorded() {
    const folder = join(BUILD, 'exchanges');
    const lines = readdirSync(folder).flatMap((name) => readFileSync(join(folder, name), 'utf8').trimEnd().split('\n'));

    return lines.filter(Boolean).map((line) => JSON.parse(line)).map((said) => ({ ...said, ...operationOf(said) }));
}

const templates = () => Object.keys(document.paths).map((pattern) =>
    [pattern, new RegExp(`^${pattern.replace(/[.]/g, '\\.').replace(/\{[^}]+\}/g, '[^/]+')}$`)]);

function operationOf({ method, path }) {
    const plain = path.split('?')[0];
    const [pattern] = templates().find(([, expression]) => expression.test(plain)) ?? [];
    const operation = pattern && document.paths[pattern][method.toLowerCase()];

    return operation ? { pattern, operation, id: operation.operationId } : {};
}

/**
 * A part of the description with references resolved and objects closed: a
 * member that it does not name is wrong here, for the description must know all.
 */
function closed(schema) {
    if (Array.isArray(schema))
        return schema.map(closed);
    if (typeof schema !== 'object' || schema === null)
        return schema;
    if (schema.$ref)
        return closed(at(schema.$ref.slice(1)));
    const copy = Object.fromEntries(Object.entries(schema).map(([name, value]) => [name, closed(value)]));

    return schema.properties && [schema.type].flat().includes('object') ? { additionalProperties: false, ...copy } : copy;
}

const FORMATS = {
    'date': /^\d{4}-\d\d-\d\d$/,
    'date-time': /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/,
    'uri': /^https?:\/\/[^\s]+$/,
    'email': /^[^@\s]+@[^@\s]+$/,
    'password': true,
};

/** A function that gives the validator of the schema at a pointer. */
function validators() {
    const ajv = new Ajv({ allErrors: true, strict: true, allowUnionTypes: true, formats: FORMATS });
    const known = new Map();

    return (pointer) => {
        if (!known.has(pointer))
            known.set(pointer, ajv.compile(closed(at(pointer))));
        return known.get(pointer);
    };
}
const escape = (name) => name.replaceAll('~', '~0').replaceAll('/', '~1');

/** JSON pointer of the response object that covers a status. */
function responseOf({ pattern, method, operation, status }) {
    const name = operation.responses[status] ? String(status) : 'default';
    const response = operation.responses[name];

    return response.$ref ? response.$ref.slice(1)
        : `/paths/${escape(pattern)}/${method.toLowerCase()}/responses/${name}`;
}

const at = (pointer) => pointer.split('/').slice(1)
    .reduce((node, name) => node[name.replaceAll('~1', '/').replaceAll('~0', '~')], document);

test('something was recorded', () => {
    assert.ok(exchanges.filter(({ id }) => id).length > 500, `${exchanges.length} exchanges`);
});

test('every answer is what the description says', () => {
    const validator = validators();
    const wrong = new Set();

    for (const said of exchanges.filter(({ id }) => id)) {
        const pointer = responseOf(said);
        const type = (said.headers['content-type'] ?? '').split(';')[0];
        const content = at(pointer).content;

        if (!content) {
            if (said.text)
                wrong.add(`${said.id} ${said.status}: a body where none is described`);
            continue;
        }
        if (!content[type]) {
            wrong.add(`${said.id} ${said.status}: ${type || 'no type'} instead of ${Object.keys(content)}`);
            continue;
        }
        const validate = validator(`${pointer}/content/${escape(type)}/schema`);

        if (!validate(type.endsWith('json') ? JSON.parse(said.text) : said.text))
            wrong.add(`${said.id} ${said.status}: ${validate.errors.map(({ instancePath, message, params }) =>
                `${instancePath.replace(/\/\d+/g, '/n')} ${message} ${JSON.stringify(params)}`).join('; ')}`);
    }
    assert.deepEqual([...wrong], []);
});

test('every body that was accepted is what the description asks for', () => {
    const validator = validators();
    const wrong = new Set();
    let checked = 0;

    for (const { id, pattern, method, operation, status, sent } of exchanges.filter(({ id, status }) => id && status < 300)) {
        if (!sent || !operation.requestBody)
            continue;
        const validate = validator(`/paths/${escape(pattern)}/${method.toLowerCase()}/requestBody/content/application~1json/schema`);
        const given = Object.fromEntries(Object.entries(sent).filter(([, value]) => value !== null)); // null is absent

        checked++;
        if (!validate(given))
            wrong.add(`${id} ${status}: ${validate.errors.map(({ instancePath, message }) => `${instancePath} ${message}`).join('; ')}`);
    }
    assert.ok(checked > 200, `${checked} bodies`);
    assert.deepEqual([...wrong], []);
});

test('no operation answers with a status that is not described', () => {
    const wrong = new Set(exchanges.filter(({ id, status, operation }) =>
        id && !operation.responses[status] && !ANYWHERE.includes(status)).map(({ id, status }) => `${id} ${status}`));

    assert.deepEqual([...wrong], []);
});

test('every operation, and every status it is described with, was seen', () => {
    const seen = new Set(exchanges.filter(({ id }) => id).map(({ id, status }) => `${id} ${status}`));
    const described = Object.values(document.paths).flatMap(Object.values).flatMap(({ operationId, responses }) =>
        Object.keys(responses).filter((status) => status !== 'default').map((status) => `${operationId} ${status}`));

    assert.deepEqual(described.filter((what) => !seen.has(what)), []);
});

test('every problem that the service knows was seen, and none it does not know', () => {
    const table = readFileSync(join(ROOT, 'server/problems.def'), 'utf8');
    const known = [...table.matchAll(/^PROBLEM\((\w+),\s*(\d+)/gm)].map(([, name, status]) => `${name.toLowerCase()} ${status}`);
    const seen = new Set(exchanges.filter(({ headers }) => /^application\/problem\+json/.test(headers['content-type']))
        .filter(({ text }) => text).map(({ text }) => JSON.parse(text)).map(({ code, status }) => `${code} ${status}`));

    assert.deepEqual(known.filter((what) => !seen.has(what) && !NOT_PROVOKED.includes(what.split(' ')[0])), []);
    assert.deepEqual([...seen].filter((what) => !known.includes(what)), []);
});

test('nothing ever ended in an internal error', () => {
    assert.deepEqual(exchanges.filter(({ status }) => status === 500).map(({ method, path }) => `${method} ${path}`), []);
});

test('an answer has the headers that go with its status', () => {
    const wrong = new Set();
    const required = { 201: 'location', 401: 'www-authenticate', 405: 'allow', 429: 'retry-after', 503: 'retry-after' };

    for (const { method, path, status, headers } of exchanges) {
        if (required[status] && !headers[required[status]])
            wrong.add(`${method} ${path} ${status} without ${required[status]}`);
        if (status >= 400 && method !== 'RAW' && !/^application\/problem\+json/.test(headers['content-type'] ?? ''))
            wrong.add(`${method} ${path} ${status} is no problem document`);
    }
    assert.deepEqual([...wrong].slice(0, 20), []);
});

after(() => {
    const operations = new Set(exchanges?.map(({ id }) => id));

    console.log(`contract: ${exchanges?.length} exchanges with ${operations.size - 1} operations`);
});
