// The log says what happened, and nothing about whom it happened to.

import { strict as assert } from 'node:assert';
import { after, before, test } from 'node:test';
import { ACCOUNTS, filing, nobody, registration, startDaemon } from '../fixture.js';

let api;

before(async () => {
    api = await startDaemon({ settings: { trusted_proxy: '127.0.0.1' } });
});
after(() => api?.stop());

/** The log lines of one request, once they are written. */
async function linesOf(id) {
    for (const end = Date.now() + 3000; Date.now() < end; await new Promise((done) => setTimeout(done, 10))) {
        const lines = api.logs.split('\n').filter((line) => line.includes(id));

        if (lines.length)
            return lines;
    }
    return [];
}

/** name=value pairs of a logfmt line. */
const parse = (line) => Object.fromEntries([...line.matchAll(/(\w+)=("(?:[^"\\]|\\.)*"|\S*)/g)]
    .map(([, name, value]) => [name, value.replace(/^"|"$/g, '')]));

test('every request leaves one line with what an operator needs', async () => {
    const { token } = await api.file();
    const { body: { return: id } } = await api.get('/api/v1/me', { token });
    const answer = await api.get(`/api/v1/returns/${id}`, { token });
    const lines = await linesOf(answer.headers['request-id']);

    assert.equal(lines.length, 1);
    const line = parse(lines[0]);

    assert.equal(line.method, 'GET');
    assert.equal(line.route, '/api/v1/returns/:id');
    assert.equal(line.status, '200');
    assert.equal(line.role, 'customer');
    assert.ok(Number(line.us) > 0 && Number(line.db_us) > 0 && Number(line.us) >= Number(line.db_us), lines[0]);
    assert.equal(Number(line.bytes), answer.bytes.length);
});

test('refused and unknown requests are logged as well', async () => {
    for (const [path, status] of [['/nothing', '404'], ['/api/v1/me', '401'], ['/api/v1/products?x=1', '400']]) {
        const lines = await linesOf((await api.get(path)).headers['request-id']);

        assert.equal(lines.length, 1, path);
        assert.equal(parse(lines[0]).status, status);
    }
});

test('no line holds a name, an address, a serial, a token, a key or an id', async () => {
    const secrets = {
        name: 'CanaryName', email: 'canary.mail@customer.example', serial: 'CANARYSERIAL7', phone: '+4915199887766',
        description: 'CanaryDescription of what is wrong.', order_number: 'CANARYORDER',
    };
    const agent = await api.as('agent');
    const key = 'canary-idempotency-key';
    const { body: filed } = await api.post('/api/v1/returns', filing(secrets), { key });

    await api.post('/api/v1/returns', filing(secrets), { key }); // 422
    await api.post('/api/v1/returns', filing(secrets)); // 409
    await api.post('/api/v1/registrations', registration({ serial: secrets.serial, email: secrets.email }));
    await api.post('/api/v1/returns', `{"email":"${secrets.email}`); // 400
    await api.post('/api/v1/returns', filing({ ...secrets, email: 'CanaryBad@', serial: 'CANARY BAD?' })); // 422
    await api.get(`/api/v1/returns/${filed.id}`, { token: filed.token });
    await api.get(`/api/v1/returns/${filed.id}`, { cookie: filed.token });
    await api.get(`/api/v1/units?serial=${secrets.serial}`, { token: agent });
    await api.get(`/api/v1/units?serial=${secrets.serial}&canaryparameter=1`, { token: agent });
    await api.get(`/canarypath/${secrets.serial}`, {
        headers: { referer: 'http://canaryreferer', 'user-agent': 'CanaryBrowser', 'x-forwarded-for': '203.0.113.77' },
    });
    await api.post('/api/v1/sessions', { email: secrets.email, password: 'CanaryPassword1' }, { key: null });
    await api.post(`/api/v1/returns/${filed.id}/messages`, { note: 'CanaryNote' }, { token: filed.token });
    await api.raw('GET /canarytarget HTTP/1.1\r\nHost: canaryhost\r\nCanaryHeader : x\r\n\r\n');
    const { headers } = await api.get('/healthz');

    await linesOf(headers['request-id']);
    const found = [/canary/i, filed.id, filed.token, filed.number, agent, ACCOUNTS.agent.email, 'correct horse', '203.0.113.77']
        .filter((secret) => (secret instanceof RegExp ? secret.test(api.logs) : api.logs.includes(secret)));

    assert.deepEqual(found, []);
});

test('a failure in the database is logged with the request it belongs to, without the row', async () => {
    await api.sql('ALTER TABLE registration ADD CONSTRAINT unlucky CHECK (country <> \'XX\') NOT VALID');
    const { status } = await api.post('/api/v1/registrations',
                                      registration({ country: 'XX', email: 'canary.row@customer.example' }));

    assert.equal(status, 422);
    assert.ok(!api.logs.includes('canary.row'));
});

test('nothing a client sends can start a line of its own', async () => {
    const forged = 'level=error event=forged';

    await api.get(`/x?a=%0a${encodeURIComponent(forged)}`);
    await api.raw(`GET /healthz HTTP/1.1\r\nHost: a\r\nUser-Agent: x\u001b[31m${forged}\r\n\r\n`);
    await api.raw(`GE\nT${forged} / HTTP/1.1\r\nHost: a\r\n\r\n`);
    await api.post(`/api/v1/returns/${nobody('ret')}/messages`, { note: `\n${forged}` }, { token: await api.as('agent') });
    const { headers } = await api.get('/healthz');

    await linesOf(headers['request-id']);
    assert.ok(!api.logs.includes('forged'));
    for (const line of api.logs.trimEnd().split('\n'))
        assert.match(line, /^(\w+=|time=|ts=|\d{4}-)/, line);
    assert.ok(!/[\x00-\x09\x0b-\x1f\x7f]/.test(api.logs), 'no control characters');
});

test('settings that are secret are not shown', async () => {
    const { stdout, stderr } = api.run(['check-config']);

    assert.ok(!`${stdout}${stderr}${api.logs}`.includes('a secret for tests only'));
    assert.match(stdout, /port/i);
});
