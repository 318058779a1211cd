// Brings every operation into every state that its description promises, so
// that the contract test can see each documented status at least once.

import { strict as assert } from 'node:assert';
import { after, before, test } from 'node:test';
import { FLAG, LINES, PARTNERS, assertProblem, cost, filing, nobody, registration, startDaemon } from '../fixture.js';
import { MAPPING } from '../support/import.js';

const SESSION = { email: 'nobody@maker.example', password: 'wrong wrong wrong' };
let api;
let ids;
let tokens;

before(async () => {
    api = await startDaemon({ settings: { jobs: 0 } });
    const filed = await api.file({ country: 'DE' });
    const unoffered = await api.file({ country: 'IT' });

    ids = { filed, unoffered, ticket: await api.ticketOf(filed) };
    ids.job = (await api.call('POST', '/api/v1/sales-imports', {
        token: await api.as('agent'), key: true, body: 'a,b\n', headers: { 'content-type': 'text/csv' },
    })).body.id;
    ids.map = (await api.post('/api/v1/import-maps', { name: 'A map', body: {} }, { token: await api.as('manager') })).body.id;
    await api.sql("UPDATE job SET state = 'failed', finished_at = now()");
    ids.registration = (await api.post('/api/v1/registrations', registration())).body.id;
    tokens = { agent: await api.as('agent'), manager: await api.as('manager'), partner: await api.as('partner'), customer: filed.token };
});
after(() => api?.stop());

/** Every operation as the description has it, with a path that exists and a caller who may. */
async function operations() {
    const { body } = await api.get('/api/v1/openapi.json');
    const rows = {
        '/api/v1/units/{id}': 'unt_00000000000000000000000001',
        '/api/v1/registrations/{id}': ids.registration,
        '/api/v1/partners/{id}': PARTNERS.nord,
        '/api/v1/returns/{id}/tickets': ids.unoffered.id,
        '/api/v1/import-maps/{id}': ids.map,
    };
    const kinds = [['/api/v1/analytics/lines', LINES.tiller], ['/api/v1/product-lines', LINES.tiller], ['/api/v1/analytics/flags', FLAG], ['/api/v1/jobs', ids.job], ['/api/v1/tickets', ids.ticket.id]];
    const path = (pattern) => pattern.replace('{name}', 'age').replace('{id}', rows[pattern]
        ?? kinds.find(([start]) => pattern.startsWith(start))?.[1] ?? ids.filed.id)
        + (pattern.endsWith('/rate') ? '?by=country' : pattern.endsWith('/monitor') ? '?chart=p' : '');

    return Object.entries(body.paths).flatMap(([pattern, methods]) => Object.entries(methods).map(([method, operation]) => ({
        pattern,
        id: operation.operationId,
        method: method.toUpperCase(),
        path: path(pattern),
        roles: operation['x-roles'] ?? [],
        statuses: Object.keys(operation.responses),
        token: operation['x-roles'] && (operation['x-roles'].includes('manager') ? tokens.manager : tokens.partner),
    })));
}

const BODIES = {
    session_open: () => SESSION,
    registration_register: () => registration(),
    return_file: () => filing(),
    return_message: () => ({ note: 'Hello.' }),
    return_move: () => ({ to: 'need_info' }),
    ticket_offer: () => ({ partner: PARTNERS.ovest }),
    ticket_move: () => ({ to: 'cancelled', note: 'Hello.' }),
    partner_open: () => ({ name: `Workshop ${Math.random()}`, country: 'FR' }),
    flag_acknowledge: () => ({ note: 'Seen.' }),
    line_cost_enter: () => cost(),
    line_setting_enter: () => ({ family: 'general' }),
    flag_setting_enter: () => ({ name: 'age', value: 90, note: 'As it is.' }),
    sales_import_submit: () => 'a,b\n',
    import_map_open: () => ({ name: `Map ${Math.random()}`, body: MAPPING }),
};
const isUpload = ({ id }) => id === 'sales_import_submit';
const call = (operation, { headers, ...changes } = {}) =>
    api.call(operation.method, changes.path ?? operation.path, {
        token: operation.token, key: true, match: '"v1-json"',
        body: BODIES[operation.id]?.() ?? (operation.id.startsWith('stat_') ? {} : undefined),
        headers: { ...(isUpload(operation) && { 'content-type': 'text/csv' }), ...headers }, ...changes,
    });
const withStatus = async (status) => (await operations()).filter(({ statuses }) => statuses.includes(String(status)));

test('304: who has it already is told so', async () => {
    for (const operation of await withStatus(304)) {
        const { headers } = await call(operation);

        assert.equal((await call(operation, { headers: { 'if-none-match': headers.etag } })).status, 304, operation.id);
    }
});

test('400: an unknown parameter is refused everywhere', async () => {
    for (const operation of await withStatus(400)) {
        const mark = operation.path.includes('?') ? '&' : '?';

        assertProblem(await call(operation, { path: `${operation.path}${mark}unknown=1` }), 400, 'unknown_parameter');
    }
});

test('401: without a token, or with a wrong password', async () => {
    for (const operation of await withStatus(401))
        assert.equal((await call(operation, { token: undefined })).status, 401, operation.id);
});

test('403: from another site, or in another role', async () => {
    for (const operation of await withStatus(403)) {
        const stranger = operation.roles.length && !operation.roles.includes('customer') ? tokens.customer
            : operation.roles.length && !operation.roles.includes('partner_tech') ? tokens.partner : operation.token;
        const { status } = await call(operation, { token: stranger, headers: { 'sec-fetch-site': 'cross-site' } });

        if (operation.roles.length === 5 && operation.method === 'GET')
            assert.equal(status, 200, `${operation.id}: nobody with a token is refused`);
        else
            assert.equal(status, 403, operation.id);
    }
});

test('404: for an id that nothing has', async () => {
    for (const operation of await withStatus(404)) {
        const path = operation.path.replace(/\b([a-z]{3})_[0-9a-hjkmnp-tv-z]{26}/, (_, prefix) => nobody(prefix)).replace('/age/', '/luck/');

        assertProblem(await call(operation, { path }), 404, 'not_found');
    }
});

test('409: while the same request is being worked on', async () => {
    for (const operation of await withStatus(409)) {
        const key = `twin-of-${operation.id}`;
        const body = BODIES[operation.id]();
        const versions = { return_move: ids.filed.row_version, flag_acknowledge: 1 };
        const etag = `"v${versions[operation.id] ?? ids.ticket.row_version}-json"`;

        await api.get('/api/v1/me', { token: operation.token }); // the caller is known from now on
        const unlock = await api.cluster.lock(api.database, isUpload(operation) ? 'job IN SHARE MODE'
            : 'return, registration, partner, ticket, return_event, flag, flag_setting, product_line, import_map');
        const first = call(operation, { key, body, match: etag });

        await api.cluster.blocked(api.database);
        const second = await call(operation, { key, body, match: etag });

        assertProblem(second, 409, 'idempotency_in_progress');
        assert.equal(second.headers['retry-after'], '1');
        await unlock();
        assert.ok((await first).status < 300, `${operation.id}: ${(await first).text}`);
    }
});

test('412: for a version that is not the present one', async () => {
    for (const operation of await withStatus(412))
        assertProblem(await call(operation, { match: '"v999-json"' }), 412, 'stale');
});

test('413: for a body that is too large', async () => {
    for (const operation of await withStatus(413))
        assertProblem(await call(operation, {
            body: `{"a":"${'x'.repeat(70000)}"}`, agent: false, headers: isUpload(operation) ? { 'content-length': '99999999999' } : {},
        }), 413, 'body_too_large');
});

test('415: for a body that is not JSON, or a file that is', async () => {
    for (const operation of await withStatus(415))
        assertProblem(await call(operation, {
            body: 'a=1', headers: { 'content-type': isUpload(operation) ? 'application/json' : 'text/plain' }, agent: false,
        }), 415, isUpload(operation) ? 'not_a_file' : 'not_json');
});

test('422: for members and parameters that are wrong', async () => {
    for (const operation of await withStatus(422)) {
        const wrong = {
            unit_list: '?product=5', flag_list: '?state=open', registration_list: '?state=lost', return_list: '?country=Germany', ticket_list: '?open=maybe',
            line_assessment_list: '?from=May', line_rate_split: '?by=colour', backtest_run: '?from=May',
        }[operation.id] ?? '?as_of=never';
        const answer = await call(operation, operation.method === 'GET'
            ? { path: operation.path.split('?')[0] + wrong }
            : isUpload(operation) ? { path: `${operation.path}?country=Germany` } : { body: {} });

        assertProblem(answer, 422, 'invalid_fields');
    }
});

test('428: without If-Match', async () => {
    for (const operation of await withStatus(428))
        assertProblem(await call(operation, { match: undefined }), 428, 'if_match_missing');
});

test('429: when the quota is used up, everywhere but on health', async () => {
    const strict = await startDaemon({ settings: { limit_address: 1, limit_token: 1, limit_auth: 1 } });

    try {
        await strict.get('/api/v1/products');
        for (const { id, method, path } of await operations()) {
            const answer = await strict.call(method, path, { key: true, match: '"v1-json"', body: BODIES[id]?.() });

            if (['health_get', 'ready_get'].includes(id)) {
                assert.equal(answer.status, 200, id);
            } else {
                assertProblem(answer, 429, 'quota_exceeded');
                assert.ok(Number(answer.headers['retry-after']) >= 1, id);
            }
        }
    } finally {
        await strict.stop();
    }
});

test('a violated rule of the database names the rule and nothing else', async () => {
    await api.sql("ALTER TABLE registration ADD CONSTRAINT not_on_the_moon CHECK (country <> 'XM')");
    const answer = await api.post('/api/v1/registrations', registration({ country: 'XM' }));

    assertProblem(answer, 422, 'invalid_value');
    assert.equal(answer.body.detail, 'not_on_the_moon');
});

test('the last of it: a session that is closed', async () => {
    const token = await api.signIn('ana@maker.example', 'correct horse 42 staple');

    assert.equal((await api.call('DELETE', '/api/v1/sessions/current', { token })).status, 204);
});
