// Every operation by everybody. "Not yours" and "not there" must look the same.

import { strict as assert } from 'node:assert';
import { after, before, describe, test } from 'node:test';
import { FLAG, LINES, PARTNERS, assertProblem, cost, filing, nobody, registration, startDaemon } from '../fixture.js';
import { MAPPING } from '../support/import.js';

const EVERYBODY = ['anonymous', 'customer', 'otherCustomer', 'partner', 'otherPartner', 'agent', 'manager', 'admin'];
const STAFF = ['agent', 'manager', 'admin'];
const WITH_TOKEN = EVERYBODY.slice(1);

/**
 * operation id, path of the row that `customer` and `partner` own (or of none),
 * who may call it, for whom the row is somebody else's, and a body that would
 * be accepted.
 */
const OPERATIONS = [
    ['GET health_get', '/healthz', EVERYBODY],
    ['GET ready_get', '/readyz', EVERYBODY],
    ['GET version_get', '/version', EVERYBODY],
    ['GET openapi_get', '/api/v1/openapi.json', EVERYBODY],
    ['POST session_open', '/api/v1/sessions', EVERYBODY, [], { email: 'x@y.example', password: 'wrong wrong wrong' }],
    ['GET me_get', '/api/v1/me', WITH_TOKEN],
    ['GET product_list', '/api/v1/products', EVERYBODY],
    ['GET product_line_list', '/api/v1/product-lines', STAFF],
    ['GET line_cost_list', `/api/v1/product-lines/${LINES.tiller}/costs`, STAFF],
    ['POST line_cost_enter', `/api/v1/product-lines/${LINES.tiller}/costs`, ['manager', 'admin'], [], cost],
    ['POST line_setting_enter', `/api/v1/product-lines/${LINES.tiller}/settings`, ['manager', 'admin'], [], { family: 'general' }],
    ['GET unit_list', '/api/v1/units', STAFF],
    ['GET unit_get', '/api/v1/units/unt_00000000000000000000000001', STAFF],
    ['POST registration_register', '/api/v1/registrations', EVERYBODY, [], registration],
    ['GET registration_list', '/api/v1/registrations', STAFF],
    ['GET registration_get', ({ registered }) => `/api/v1/registrations/${registered}`, STAFF],
    ['POST return_file', '/api/v1/returns', EVERYBODY, [], filing],
    ['GET return_list', '/api/v1/returns', STAFF],
    ['GET return_get', ({ filed }) => `/api/v1/returns/${filed.id}`, ['customer', ...STAFF], ['otherCustomer']],
    ['GET return_event_list', ({ filed }) => `/api/v1/returns/${filed.id}/events`, ['customer', ...STAFF], ['otherCustomer']],
    ['POST return_message', ({ filed }) => `/api/v1/returns/${filed.id}/messages`, ['customer', ...STAFF],
     ['otherCustomer'], { note: 'Hello.' }],
    ['POST return_move', ({ filed }) => `/api/v1/returns/${filed.id}/transitions`, ['customer', ...STAFF],
     ['otherCustomer'], { to: 'closed' }],
    ['POST ticket_offer', ({ filed }) => `/api/v1/returns/${filed.id}/tickets`, STAFF, [], { partner: PARTNERS.ovest }],
    ['GET ticket_list', '/api/v1/tickets', ['partner', 'otherPartner', ...STAFF]],
    ['GET ticket_get', ({ ticket }) => `/api/v1/tickets/${ticket.id}`, ['partner', ...STAFF], ['otherPartner']],
    ['GET ticket_event_list', ({ ticket }) => `/api/v1/tickets/${ticket.id}/events`, ['partner', ...STAFF], ['otherPartner']],
    ['POST ticket_move', ({ ticket }) => `/api/v1/tickets/${ticket.id}/transitions`, ['partner', ...STAFF],
     ['otherPartner'], { to: 'verified', note: 'Hello.' }],
    ['GET partner_list', '/api/v1/partners', STAFF],
    ...[
        'interval', 'poisson-interval', 'rate-posterior', 'difference', 'exact', 'beta-binomial', 'profit', 'marketplace-fee',
        'weibull', 'life-models', 'forecast',
        'survival', 'incidence', 'mcf', 'triangle', 'cape-cod', 'nevada',
        'p-chart', 'ewma', 'cusum', 'maxsprt', 'sprt',
        'false-discovery', 'observed-expected', 'rate-mix', 'product-split', 'adtributor', 'scan',
        'reserve', 'roll-forward', 'uncertain-profit', 'clustered-interval', 'flow-factor', 'james-stein',
    ].map((name) => [`POST stat_${name.replaceAll('-', '_')}`, `/api/v1/analytics/stat/${name}`, STAFF, [], {}]),
    ['POST partner_open', '/api/v1/partners', ['manager', 'admin'], [],
     () => ({ name: `Workshop ${Math.random()}`, country: 'FR' })],
    ['GET partner_get', `/api/v1/partners/${PARTNERS.nord}`, STAFF],
    ['GET sales_import_list', '/api/v1/sales-imports', STAFF],
    ['GET line_assessment_list', '/api/v1/analytics/lines', STAFF],
    ['POST sales_import_submit', '/api/v1/sales-imports', STAFF, [], 'a,b\n'],
    ['GET import_map_list', '/api/v1/import-maps', STAFF],
    ['POST import_map_open', '/api/v1/import-maps', ['manager', 'admin'], [], () => ({ name: `Map ${Math.random()}`, body: MAPPING })],
    ['DELETE import_map_close', ({ maps }) => `/api/v1/import-maps/${maps.pop()}`, ['manager', 'admin']],
    ['GET job_list', '/api/v1/jobs', STAFF],
    ['GET job_get', ({ job }) => `/api/v1/jobs/${job}`, STAFF],
    ['DELETE job_cancel', ({ job }) => `/api/v1/jobs/${job}`, STAFF],
    ['GET job_watch', ({ job }) => `/api/v1/jobs/${job}/events`, STAFF],
    ['GET job_reject_list', ({ job }) => `/api/v1/jobs/${job}/rejects`, STAFF],
    ['GET job_reject_sheet', ({ job }) => `/api/v1/jobs/${job}/rejects.csv`, STAFF],
    ['GET line_rate_split', `/api/v1/analytics/lines/${LINES.tiller}/rate?by=country`, STAFF],
    ['GET line_profit', `/api/v1/analytics/lines/${LINES.tiller}/profit`, STAFF],
    ['GET line_monitor', `/api/v1/analytics/lines/${LINES.tiller}/monitor?chart=p`, STAFF],
    ['GET line_explain', `/api/v1/analytics/lines/${LINES.tiller}/explain`, STAFF],
    ['GET line_scan', `/api/v1/analytics/lines/${LINES.tiller}/scan`, STAFF],
    ['GET backtest_run', '/api/v1/analytics/backtest', STAFF],
    ['GET flag_list', '/api/v1/analytics/flags', STAFF],
    ['GET flag_get', `/api/v1/analytics/flags/${FLAG}`, STAFF],
    ['GET flag_event_list', `/api/v1/analytics/flags/${FLAG}/events`, STAFF],
    ['POST flag_acknowledge', `/api/v1/analytics/flags/${FLAG}/acknowledgements`, STAFF, [], { note: 'Seen.' }],
    ['GET flag_setting_list', '/api/v1/analytics/flag-settings', STAFF],
    ['POST flag_setting_enter', '/api/v1/analytics/flag-settings', ['manager', 'admin'], [],
     { name: 'age', value: 90, note: 'As it is.' }],
    ['GET flag_setting_event_list', '/api/v1/analytics/flag-settings/age/history', STAFF],
    ['GET line_cohort_list', `/api/v1/analytics/lines/${LINES.tiller}/cohorts`, STAFF],
    ['GET line_cube_list', `/api/v1/analytics/lines/${LINES.tiller}/cube`, STAFF],
    ['GET line_nevada_list', `/api/v1/analytics/lines/${LINES.tiller}/nevada`, STAFF],
    ['GET line_life_list', `/api/v1/analytics/lines/${LINES.tiller}/curve`, STAFF],
    ['GET line_triangle_list', `/api/v1/analytics/lines/${LINES.tiller}/triangle`, STAFF],
    ['GET line_forecast_list', `/api/v1/analytics/lines/${LINES.tiller}/forecast`, STAFF],
    ['GET line_pareto_list', `/api/v1/analytics/lines/${LINES.tiller}/pareto`, STAFF],
    ['GET reserve_list', '/api/v1/analytics/reserve', STAFF],
    // Last: it ends the session it is called with, so each caller brings a fresh one.
    ['DELETE session_close', '/api/v1/sessions/current', ['partner', 'otherPartner', ...STAFF]],
];

let api;
let world;

before(async () => {
    api = await startDaemon({ settings: { jobs: 0 } });
    const filed = await api.file({ country: 'DE' });
    const other = await api.file({ country: 'DE' });
    const registered = (await api.post('/api/v1/registrations', registration())).body.id;

    world = {
        filed, registered, ticket: await api.ticketOf(filed),
        tokens: { anonymous: undefined, customer: filed.token, otherCustomer: other.token },
    };
    for (const who of ['partner', 'otherPartner', ...STAFF])
        world.tokens[who] = await api.as(who);
    world.job = (await call('POST sales_import_submit', '/api/v1/sales-imports', 'agent', 'a,b\n')).body.id;
    await api.sql("UPDATE job SET state = 'failed', finished_at = now()");
    world.maps = (await api.sql(`INSERT INTO import_map (public_id, name, body)
        SELECT new_id('map'), 'Map ' || n, '{}' FROM generate_series(1, 50) AS n RETURNING public_id`)).split('\n');
});
after(() => api?.stop());

const call = (operation, path, who, body) => api.call(operation.split(' ')[0], path, {
    token: world.tokens[who],
    key: true,
    match: '"v1-json"',
    body: typeof body === 'function' ? body() : body,
    headers: operation === 'POST sales_import_submit' ? { 'content-type': 'text/csv' } : {},
});
const pathOf = (path) => (typeof path === 'function' ? path(world) : path);
/** What of an answer a stranger can learn from. */
const seen = ({ status, body, headers }) =>
    [status, { ...body, instance: null }, headers['content-type'], headers.etag, headers.location];

/** The same path with ids that nothing has. */
const missing = (path) => path.replace(/\b([a-z]{3})_[0-9a-hjkmnp-tv-z]{26}/g, (_, prefix) => nobody(prefix));

for (const [operation, path, allowed, foreign = [], body] of OPERATIONS) {
    describe(operation, () => {
        for (const who of EVERYBODY) {
            if (foreign.includes(who)) {
                test(`somebody else's row is as missing to ${who}`, async () => {
                    const strange = await call(operation, pathOf(path), who, body);

                    assertProblem(strange, 404, 'not_found');
                    assert.deepEqual(seen(strange), seen(await call(operation, missing(pathOf(path)), who, body)));
                });
            } else if (allowed.includes(who)) {
                test(`${who} may`, async () => {
                    const { status, text } = await call(operation, pathOf(path), who, body);

                    assert.ok(status < 500 && ![403, 404, 405].includes(status), `${status} ${text}`);
                    assert.ok(status !== 401 || operation.includes('session_open'), text);
                });
            } else {
                test(`${who} may not`, async () => {
                    const answer = await call(operation, pathOf(path), who, body);

                    if (who === 'anonymous')
                        assertProblem(answer, 401, 'not_signed_in');
                    else
                        assertProblem(answer, 403, 'forbidden');
                    // And refused before anything was looked up: the same for what is not there.
                    assert.deepEqual(seen(answer), seen(await call(operation, missing(pathOf(path)), who, body)));
                });
            }
        }
    });
}

test('this table knows every operation, and the same roles as the description', async () => {
    const { body: { paths } } = await api.get('/api/v1/openapi.json');
    const described = Object.values(paths).flatMap((path) => Object.entries(path))
        .map(([method, { operationId, 'x-roles': roles }]) => [`${method.toUpperCase()} ${operationId}`, roles ?? null]);
    const actors = {
        customer: ['customer', 'otherCustomer'], partner_tech: ['partner', 'otherPartner'],
        agent: ['agent'], manager: ['manager'], admin: ['admin'],
    };

    assert.deepEqual(described.map(([name]) => name).sort(), OPERATIONS.map(([name]) => name).sort());
    for (const [name, roles] of described) {
        const [, , allowed, foreign = []] = OPERATIONS.find(([operation]) => operation === name);
        const expected = roles ? roles.flatMap((role) => actors[role]) : EVERYBODY;

        assert.deepEqual([...allowed, ...foreign].sort(), [...expected].sort(), name);
    }
});

test('a row was not changed by anybody who was refused', async () => {
    const filed = await api.file({ country: 'DE' });
    const other = await api.file({ country: 'DE' });

    for (const token of [other.token, await api.as('otherPartner'), undefined])
        for (const action of ['messages', 'transitions'])
            await api.post(`/api/v1/returns/${filed.id}/${action}`, { note: 'Hello.', to: 'cancelled' },
                           { token, match: '"v1-json"' });
    assert.equal(await api.sql(`SELECT count(*) FROM return_event JOIN return ON return.id = return_event.return
                                 WHERE return.public_id = '${filed.id}' AND kind NOT IN ('filed', 'ticket_offered')`), '0');
});
