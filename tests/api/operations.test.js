// What the people who run the service look at.

import { strict as assert } from 'node:assert';
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { BUILD, Client, ROOT, assertProblem, exchange, filing, startDaemon } from '../fixture.js';

let api;

before(async () => {
    api = await startDaemon({ settings: { loops: 2 } });
});
after(() => api?.stop());

const metrics = async () => {
    const { status, headers, bytes } = await exchange(api.metricsOrigin, 'GET', '/metrics');

    assert.equal(status, 200);
    assert.equal(headers['content-type'], 'text/plain; version=0.0.4; charset=utf-8');
    return bytes.toString();
};
const value = (text, name) => Number(text.split('\n').find((line) => line.startsWith(`${name} `))?.split(' ')[1]);

test('health and readiness are told and never cached', async () => {
    for (const path of ['/healthz', '/readyz']) {
        const { status, headers } = await api.get(path);

        assert.equal(status, 200, path);
        assert.equal(headers['cache-control'], 'no-store', path);
    }
});

test('the version names the service and the libraries under it', async () => {
    const { status, text } = await api.get('/version');

    assert.equal(status, 200);
    assert.match(text, /libmicrohttpd/i);
    assert.match(text, /libpq|postgresql/i);
    assert.match(text, /\d+\.\d+\.\d+/);
});

test('metrics are told on a port of their own, and only there', async () => {
    assertProblem(await api.get('/metrics'), 404, 'not_found');
    for (const path of ['/', '/healthz', '/metrics/', '/api/v1/products'])
        assert.equal((await exchange(api.metricsOrigin, 'GET', path)).status, 404, path);
});

test('metrics are what Prometheus can read', async () => {
    for (const line of (await metrics()).trimEnd().split('\n'))
        assert.match(line, /^(# (TYPE|HELP) [a-z_]+ .+|[a-z_]+(\{[a-z_]+="[^"\n]*"(,[a-z_]+="[^"\n]*")*\})? -?[0-9.e+-]+)$/, line);
});

test('requests are counted by the pattern of their route, never by path', async () => {
    const series = 'aftersales_request_seconds_count{method="GET",route="/api/v1/products"}';
    const before = value(await metrics(), series);

    for (let n = 0; n < 5; n++)
        await api.get('/api/v1/products');
    await api.get('/some/canary/path');
    await new Promise((done) => setTimeout(done, 100));
    const text = await metrics();

    assert.equal(value(text, series), before + 5);
    assert.ok(!text.includes('canary'));
});

test('a histogram adds up: buckets grow, the last is the count', async () => {
    const text = await metrics();
    const buckets = [...text.matchAll(/_bucket\{method="GET",route="\/api\/v1\/products",le="([^"]+)"\} (\d+)/g)];
    const counts = buckets.map(([, , count]) => Number(count));

    assert.equal(buckets.at(-1)[1], '+Inf');
    assert.deepEqual(counts, [...counts].sort((a, b) => a - b));
    assert.equal(counts.at(-1), value(text, 'aftersales_request_seconds_count{method="GET",route="/api/v1/products"}'));
});

test('errors and replays are counted', async () => {
    const before = await metrics();
    const key = 'a key for the replay counter'.replaceAll(' ', '-');
    const sent = filing();

    await api.get('/nothing');
    await api.post('/api/v1/returns', sent, { key });
    await api.post('/api/v1/returns', sent, { key });
    await new Promise((done) => setTimeout(done, 100));
    const now = await metrics();
    const grown = (name) => value(now, name) - value(before, name);

    assert.equal(grown('aftersales_responses_total{class="4xx"}'), 1);
    assert.equal(grown('aftersales_idempotent_replays_total'), 1);
});

test('open connections are counted and let go', async () => {
    const connections = async () => value(await metrics(), 'aftersales_connections');
    const clients = Array.from({ length: 10 }, () => new Client(api.origin));
    const before = await connections();

    await Promise.all(clients.map((client) => client.get('/healthz')));
    assert.equal(await connections(), before + 10);
    for (const client of clients)
        client.agent.destroy();
    for (const end = Date.now() + 3000; Date.now() < end && await connections() > before;)
        await new Promise((done) => setTimeout(done, 50));
    assert.equal(await connections(), before);
});

test('the description of the API is OpenAPI 3.1.1 and may be cached', async () => {
    const { status, headers, body } = await api.get('/api/v1/openapi.json');

    assert.equal(status, 200);
    assert.match(headers['content-type'], /^application\/json/);
    assert.match(headers['cache-control'], /^public/);
    assert.equal(body.openapi, '3.1.1');
    const ids = Object.values(body.paths).flatMap(Object.values).map(({ operationId }) => operationId);

    assert.equal(new Set(ids).size, ids.length);
    assert.ok(ids.length >= 30);
});

test('a linter that did not write it finds the description without fault', async () => {
    const file = join(BUILD, 'openapi.json');

    writeFileSync(file, (await api.get('/api/v1/openapi.json')).text);
    const { status, stdout, stderr } = spawnSync(process.execPath, [
        join(ROOT, 'tests/node_modules/@redocly/cli/bin/cli.js'), 'lint', file, '--format=stylish',
        '--skip-rule=operation-4xx-response', '--skip-rule=no-server-example.com',
        '--skip-rule=security-defined',
    ], { encoding: 'utf8', env: { ...process.env, REDOCLY_TELEMETRY: 'off', REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true', CI: 'true' } });

    assert.equal(status, 0, `${stdout}\n${stderr}`);
});

test('a second daemon on the same port refuses to start and says why', async () => {
    const second = api.run(['serve'], {
        check: false,
        settings: { ...api.settings, port: api.port, metrics_port: 0, static_folder: join(BUILD, 'static') },
    });

    assert.notEqual(second.status, 0);
    assert.match(second.stderr, /port|address|listen/i);
    assert.equal((await api.get('/healthz')).status, 200);
});

test('a setting out of its range is refused in one sentence', () => {
    for (const [name, wrong] of [['port', '70000'], ['port', 'eighty'], ['loops', '-1'], ['limit_address', '0']]) {
        const { status, stderr } = api.run(['check-config'], { check: false, settings: { [name]: wrong } });

        assert.notEqual(status, 0, `${name}=${wrong}`);
        assert.match(stderr, new RegExp(name, 'i'));
        assert.ok(stderr.trim().split('\n').length <= 3, stderr);
    }
});

test('without a secret worth the name the daemon does not start', () => {
    for (const secret of ['', 'short']) {
        const { status, stderr } = api.run(['serve'], { check: false, settings: { ...api.settings, secret } });

        assert.notEqual(status, 0);
        assert.match(stderr, /AFTERSALES_SECRET/);
    }
});

test('without a database the daemon says so and does not hang', () => {
    const { status, stderr } = api.run(['migrate'], {
        check: false, database_url: 'host=/nowhere-at-all dbname=x connect_timeout=2',
    });

    assert.notEqual(status, 0);
    assert.ok(stderr.trim());
});

test('a database with another schema is not served', async () => {
    await assert.rejects(startDaemon({ world: 'none' }), /did not start/);
});

test('a user is added once, and with a role there is', () => {
    const add = (...args) => api.run(['user', 'add', ...args], { input: 'a long enough password\n', check: false });

    assert.equal(add('new@maker.example', 'agent', 'New Agent').status, 0);
    assert.notEqual(add('new@maker.example', 'agent', 'New Agent').status, 0);
    assert.notEqual(add('king@maker.example', 'king', 'King').status, 0);
    assert.notEqual(add('partner@maker.example', 'partner_tech', 'Without Workshop').status, 0);
    assert.notEqual(add('no mail', 'agent', 'Nobody').status, 0);
    const weak = api.run(['user', 'add', 'weak@maker.example', 'agent', 'Weak'], { input: 'short\n', check: false });

    assert.notEqual(weak.status, 0);
    assert.match(weak.stderr, /password/i);
});

test('migrate and demo may be run again', async () => {
    api.run(['migrate']);
    api.run(['migrate']);
    assert.equal((await api.get('/readyz')).status, 200);
});

test('help tells every command and every setting', () => {
    const { stdout, status } = api.run(['--help']);

    assert.equal(status, 0);
    for (const word of ['serve', 'migrate', 'demo', 'import', 'user', 'check-config', 'AFTERSALES_PORT', 'AFTERSALES_DATABASE_URL'])
        assert.ok(stdout.includes(word), word);
    assert.notEqual(api.run(['dance'], { check: false }).status, 0);
});
