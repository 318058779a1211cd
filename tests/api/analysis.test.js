// What all analyses of a line have in common.

import { strict as assert } from 'node:assert';
import { after, before, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { assertFields, assertProblem, startDaemon } from '../fixture.js';
import { history } from '../support/history.js';

let api;
let staff;
let line;

const DELIVERY = "INSERT INTO delivery_time (channel, days) VALUES ('online', 10), ('*', 30)";

/** Every analysis by GET that is described with what all of them tell, with what it must be asked. */
const analyses = async () => {
    const { body } = await api.get('/api/v1/openapi.json');

    return Object.entries(body.paths).filter(([path, { get }]) => {
        const schema = get?.responses['200']?.content['application/json']?.schema;

        return path.startsWith('/api/v1/analytics/') && schema?.properties?.data_version && schema.properties.clock;
    }).map(([path, { get }]) => ({
        path: path.replace('{id}', line), pattern: path,
        query: get.parameters.filter(({ required, in: where }) => required && where === 'query')
            .map(({ name, schema }) => `${name}=${schema.enum?.[0] ?? 'country'}`).join('&'),
        takes: (name) => get.parameters.some((parameter) => parameter.in === 'query' && parameter.name === name),
        schema: get.responses['200'].content['application/json'].schema,
    }));
};

/** The address of an analysis as of a day when all is over, or of the present where there is no past. */
const asked = ({ path, query, takes }, more = '') => `${path}?${takes('as_of') ? 'as_of=2026-01-31' : ''}&${query}${more}`.replace('?&', '?');

before(async () => {
    api = await startDaemon();
    staff = { token: await api.as('manager') };
    await api.sql(DELIVERY);
    line = await history(api, 'common', [0, 1, 2, 3, 4, 5].flatMap((month) => [
        { shipped: `2025-0${month + 1}-05`, units: 300, lot: `L${month}` },
        ...[4, 40, 70, 100, 130].map((age, k) => ({ shipped: `2025-0${month + 1}-05`, age, lot: `L${month}`, reason: 'NOISE, =LOUD',
                                                    units: 3 + (month + k) % 3, class: ['fault', 'remorse', 'claim'][k % 3] })),
    ]));
});
after(() => api?.stop());

/** The fields of RFC 4180 lines. */
const parse = (text) => {
    const rows = [[]];

    for (const [, quoted, plain, end] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/g)) {
        rows.at(-1).push(quoted?.replaceAll('""', '"') ?? plain);
        if (end === '\r\n')
            rows.push([]);
    }
    return rows.slice(0, -1);
};
const member = (row, name) => name.split('.').reduce((value, part) => value?.[part], row);
/** A value as a sheet has it; numbers have one spelling. */
const written = (value) => (value === null || value === undefined ? '' : typeof value === 'object' ? JSON.stringify(value) : typeof value === 'string' && /^[=+@-]/.test(value) ? `'${value}` : String(value));
const read = (field) => (/^-?[\d.]+e[+-]?\d+$/.test(field) ? String(Number(field)) : field);

test('there are the analyses of this test', async () => {
    const patterns = (await analyses()).map(({ pattern }) => pattern.replace('/api/v1/analytics/', ''));

    for (const name of ['rate', 'cohorts', 'nevada', 'curve', 'triangle', 'forecast', 'pareto'])
        assert.ok(patterns.includes(`lines/{id}/${name}`), name);
    assert.ok(patterns.includes('reserve'));
});

test('every analysis tells its versions, day, clock, method and warnings, and no number is none', async () => {
    for (const analysis of await analyses()) {
        const { path } = analysis;
        const { status, body, text, headers } = await api.get(asked(analysis), staff);

        assert.equal(status, 200, `${path}: ${text}`);
        if (analysis.takes('as_of'))
            assert.equal(body.as_of, '2026-01-31', path);
        assert.ok(Number.isInteger(body.data_version) && Number.isInteger(body.settings_version), path);
        assert.ok(body.method.length > 20 && Array.isArray(body.warnings) && Array.isArray(body.items), path);
        assert.deepEqual([body.clock, body.clock_quality], ['ship', 'known'], path);
        assert.ok('x' in body || 'lines' in body, path);
        assert.doesNotMatch(text, /\b(nan|inf|infinity)\b/i, path);
        const again = await api.get(asked(analysis), { ...staff, headers: { 'if-none-match': headers.etag } });

        assert.equal(again.status, 304, path);
    }
});

test('every analysis takes the same filters, clocks and currencies, and tells by which clock it went', async () => {
    const units = ['classes', 'country', 'channel', 'lot', 'sku', 'serial_from', 'serial_to', 'tz', 'clock', 'currency', 'conf', 'from', 'to'];

    for (const analysis of await analyses()) {
        const { path, pattern, takes } = analysis;

        for (const name of pattern.endsWith('/backtest') ? units : [...units, 'as_of'])
            assert.ok(takes(name), `${pattern} ${name}`);
        for (const clock of ['delivery', 'in_service']) {
            const { status, body, text } = await api.get(asked(analysis, `&clock=${clock}&country=DE&serial_from=A10&serial_to=A99&currency=USD&lot=L1`), staff);

            assert.equal(status, 200, `${path}: ${text}`);
            assert.deepEqual([body.clock, body.clock_quality], [clock, 'assumed'], path);
            assert.ok(body.warnings.some(({ code }) => code === 'serials_only'), path);
            assert.doesNotMatch(text, /\b(nan|inf|infinity)\b/i, path);
        }
        assertFields(await api.get(asked(analysis, '&currency=eur&serial_from=-1&clock=sale'), staff),
                     { '?currency': 'malformed', '?serial_from': 'malformed', '?clock': 'not_one_of' });
    }
});

test('by the clock of delivery nothing is answered while a channel has no time', async () => {
    await api.sql('DELETE FROM delivery_time');
    for (const analysis of (await analyses()))
        assertProblem(await api.get(asked(analysis, '&clock=delivery'), staff), 422, 'delivery_unknown');
    await api.sql(DELIVERY);
});

test('every table of every analysis is there as CSV with the same figures', async () => {
    let tables = 0;

    for (const analysis of await analyses()) {
        const { path, schema } = analysis;
        const { body } = await api.get(asked(analysis), staff);
        const names = Object.entries(schema.properties).filter(([, { type, items }]) => type === 'array' && items.type === 'object').map(([name]) => name);

        for (const name of names) {
            const { status, text, headers } = await api.get(asked(analysis, `&format=csv&table=${name}`), staff);

            assert.equal(status, 200, `${path} ${name}`);
            assert.equal(headers['content-type'], 'text/csv; charset=utf-8');
            const [columns, ...rows] = parse(text.replace(/^\ufeff/, ''));

            assert.deepEqual(rows.map((row) => row.map(read)), body[name].map((row) => columns.map((column) => written(member(row, column)))), `${path} ${name}`);
            for (const needed of schema.properties[name].items.required)
                assert.ok(columns.some((column) => column === needed || column.startsWith(`${needed}.`)), `${path} ${name} ${needed}`);
            tables++;
        }
    }
    assert.ok(tables >= 25, `${tables} tables`);
});

test('the same question has the same answer, byte for byte', async () => {
    for (const analysis of await analyses()) {
        const ask = () => api.get(asked(analysis), staff);
        const answers = await Promise.all([ask(), ask(), ask()]);

        assert.ok(answers.every(({ status, text }) => status === 200 && text === answers[0].text), analysis.path);
    }
});

test('what is asked of no line, or of no shipments, is answered without a number that is none', async () => {
    const scopes = ['country=MX', 'to=1999-01', 'classes=recall', 'as_of=1999-01-31', 'conf=0.999999', 'conf=0.5'];

    for (const { path, query, takes } of await analyses()) {
        for (const scope of scopes.filter((each) => takes(each.split('=')[0]))) {
            const { status, text } = await api.get(`${path}?${scope}&${query}`, staff);

            assert.equal(status, 200, `${path}?${scope}: ${text}`);
            assert.doesNotMatch(text, /\b(nan|inf|infinity)\b/i, path);
        }
    }
});

test('a day that has not begun anywhere is refused: by it nothing would be young', async () => {
    for (const { path, query } of (await analyses()).filter(({ takes }) => takes('as_of')))
        assertProblem(await api.get(`${path}?as_of=2190-01-01&${query}`, staff), 422, 'date_in_future');
});

test('an answer that is kept is told to those only who may ask, and after its question was understood', async () => {
    const target = `/api/v1/analytics/lines/${line}/cohorts?as_of=2026-01-31`;
    const first = await api.get(target, staff);
    const again = await api.get(target, { token: await api.as('agent') });

    assert.deepEqual([again.status, again.text, again.headers.etag], [200, first.text, first.headers.etag]);
    assertProblem(await api.get(target), 401, 'not_signed_in');
    assertProblem(await api.get(target, { token: await api.as('partner') }), 403, 'forbidden');
    assertProblem(await api.get(`${target}&age=31`, { ...staff, headers: { 'if-none-match': '*' } }), 422, 'invalid_value');
    assertProblem(await api.get(`${target}&colour=red`, { ...staff, headers: { 'if-none-match': '*' } }), 400, 'unknown_parameter');
    const sheet = await api.get(`${target}&format=csv`, { ...staff, headers: { 'if-none-match': first.headers.etag } });

    assert.equal(sheet.status, 200);
    assert.notEqual(sheet.headers.etag, first.headers.etag);
});

test('what many ask at once is made once, and all of them have it', async () => {
    const target = `/api/v1/analytics/lines/${line}/nevada?as_of=2026-01-31`;
    const unlock = await api.cluster.lock(api.database, 'line_cohort');
    const asked = Array.from({ length: 12 }, () => api.get(target, { ...staff, agent: false }));
    const busy = () => api.sql("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'");

    await api.cluster.blocked(api.database);
    await sleep(300);
    assert.equal(await busy(), '1', 'statements that wait for the table');
    await unlock();
    const answers = await Promise.all(asked);

    assert.deepEqual(answers.map(({ status }) => status), Array(12).fill(200));
    assert.ok(answers.every(({ text, headers }) => text === answers[0].text && headers.etag === answers[0].headers.etag));
});

test('who waits for an answer that fails asks by himself', async () => {
    const target = `/api/v1/analytics/lines/${line}/pareto?as_of=2026-01-31`;
    const unlock = await api.cluster.lock(api.database, 'cohort_return');
    const asked = [1, 2, 3].map(() => api.get(target, { ...staff, agent: false }));

    await sleep(2500); // the first has waited its two seconds for the lock
    await unlock();
    const statuses = (await Promise.all(asked)).map(({ status }) => status).sort();

    assert.deepEqual(statuses, [200, 200, 503]);
});

test('a filter that nothing has and one that everything has agree with none at all', async () => {
    const same = async (name, members, query) => {
        const ask = async (filter) => (await api.get(`/api/v1/analytics/lines/${line}/${name}?as_of=2026-01-31&${query}&${filter}`, staff)).body;
        const whole = await ask('');

        for (const filter of ['country=DE', 'channel=online', 'sku=common-1', 'country=DE&channel=online&sku=common-1'])
            for (const part of members)
                assert.deepEqual((await ask(filter))[part], whole[part], `${name} ${part} ${filter}`);
    };

    await same('cohorts', ['items', 'ages'], 'age=90');
    await same('nevada', ['items'], '');
    await same('curve', ['items', 'models', 'segments'], 'age=90');
    await same('triangle', ['items', 'factors'], '');
    await same('forecast', ['items', 'cohorts'], 'periods=3');
    await same('pareto', ['items'], '');
    await same('rate', ['items'], 'by=lot');
});
