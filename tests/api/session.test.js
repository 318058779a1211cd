import { strict as assert } from 'node:assert';
import { readFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { ACCOUNTS, PARTNERS, assertFields, assertProblem, startDaemon } from '../fixture.js';

const PATH = '/api/v1/sessions';
const SAME = { 'sec-fetch-site': 'same-origin' };
let api;

before(async () => {
    api = await startDaemon();
});
after(() => api?.stop());

const signIn = (email, password) => api.post(PATH, { email, password }, { key: null });

test('signing in gives a token, the role and an end', async () => {
    const { email, password } = ACCOUNTS.manager;
    const { status, headers, body } = await signIn(email, password);

    assert.equal(status, 201);
    assert.match(body.token, /^[A-Za-z0-9_-]{43}$/);
    assert.equal(body.role, 'manager');
    assert.equal(body.name, 'Max Manager');
    assert.equal(headers.location, '/api/v1/me');
    const hours = (Date.parse(body.expires_at) - Date.now()) / 3600000;

    assert.ok(hours > 11 && hours <= 12.1, `${hours} h`);
});

test('the cookie is for this host only, and scripts cannot read it', async () => {
    const { email, password } = ACCOUNTS.manager;
    const { headers, body } = await signIn(email, password);
    const [cookie, ...others] = headers['set-cookie'];
    const [pair, ...attributes] = cookie.split(/;\s*/);

    assert.equal(pair, `__Host-sid=${body.token}`);
    assert.deepEqual(others, []);
    for (const attribute of ['Secure', 'HttpOnly', 'SameSite=Lax', 'Path=/'])
        assert.ok(attributes.includes(attribute), attribute);
    assert.ok(!attributes.some((attribute) => /^domain=/i.test(attribute)));
    assert.equal(headers['cache-control'], 'no-store');
});

test('the e-mail address may be typed in any case', async () => {
    assert.equal((await signIn(ACCOUNTS.manager.email.toUpperCase(), ACCOUNTS.manager.password)).status, 201);
});

test('a wrong password and an unknown address get the same answer', async () => {
    const wrong = await signIn(ACCOUNTS.manager.email, 'not the password at all');
    const unknown = await signIn('nobody@maker.example', 'not the password at all');
    const plain = ({ body }) => ({ ...body, instance: undefined });

    assertProblem(wrong, 401, 'wrong_credentials');
    assert.deepEqual(plain(wrong), plain(unknown));
    assert.match(wrong.headers['www-authenticate'], /^Bearer\b/);
    assert.equal(wrong.headers['set-cookie'], undefined);
});

/** Milliseconds of processor time the daemon has used: unlike the clock, free of what else the machine does. */
function worked() {
    const [, rest] = readFileSync(`/proc/${api.pid}/stat`, 'utf8').split(') ');
    const [user, system] = rest.split(' ').slice(11, 13).map(Number);

    return (user + system) * 10;
}

test('an unknown address is as much work as a wrong password', async () => {
    const work = async (email) => {
        const before = worked();

        for (let n = 0; n < 5; n++)
            await signIn(email, 'not the password at all');
        return worked() - before;
    };
    const known = await work(ACCOUNTS.manager.email);
    const unknown = await work('nobody@maker.example');

    assert.ok(known > 100, `${known} ms for five passwords are too little`);
    assert.ok(unknown > known / 1.5 && unknown < known * 1.5, `known ${known} ms, unknown ${unknown} ms`);
});

test('an account that was closed cannot sign in', async () => {
    await api.sql(`UPDATE account SET active = false WHERE email = '${ACCOUNTS.admin.email}'`);
    assertProblem(await signIn(ACCOUNTS.admin.email, ACCOUNTS.admin.password), 401, 'wrong_credentials');
    await api.sql(`UPDATE account SET active = true WHERE email = '${ACCOUNTS.admin.email}'`);
});

test('missing and wrong members are named', async () => {
    assertFields(await api.post(PATH, {}, { key: null }), { '/email': 'missing', '/password': 'missing' });
    assertFields(await signIn('nobody', 'x'.repeat(129)), { '/email': 'malformed', '/password': 'too_long' });
    assertFields(await signIn(ACCOUNTS.manager.email, 12345678), { '/password': 'wrong_type' });
});

test('every sign-in has a token of its own; a token brought along is not taken over', async () => {
    const { email, password } = ACCOUNTS.manager;
    const planted = 'A'.repeat(43);
    const answer = await api.post(PATH, { email, password }, { key: null, cookie: planted, headers: SAME });

    assert.equal(answer.status, 201);
    assert.notEqual(answer.body.token, planted);
    assertProblem(await api.get('/api/v1/me', { cookie: planted }), 401, 'not_signed_in');
});

test('everybody can ask who they are', async () => {
    const manager = await api.get('/api/v1/me', { token: await api.as('manager') });
    const partner = await api.get('/api/v1/me', { token: await api.as('partner') });
    const filed = await api.file();
    const customer = await api.get('/api/v1/me', { token: filed.token });

    assert.deepEqual([manager.body.role, manager.body.name, manager.body.partner, manager.body.return],
                     ['manager', 'Max Manager', null, null]);
    assert.deepEqual([partner.body.role, partner.body.partner, partner.body.partner_name],
                     ['partner_tech', PARTNERS.nord, 'Atelier du Nord']);
    assert.deepEqual([customer.body.role, customer.body.return, customer.body.account, customer.body.name],
                     ['customer', filed.id, null, null]);
});

test('the cookie works as well as the bearer token, but not both at once', async () => {
    const token = await api.as('manager');

    assert.equal((await api.get('/api/v1/me', { cookie: token })).status, 200);
    assertProblem(await api.get('/api/v1/me', { cookie: token, token }), 400, 'two_credentials');
});

test('what is no token does not sign in', async () => {
    for (const authorization of ['Bearer', 'Bearer ', 'Bearer x', `Bearer ${'x'.repeat(43)}`, `Bearer ${'x'.repeat(4000)}`,
                                 'Basic YTpi', 'bearer  x', `Token ${await api.as('manager')}`]) {
        const answer = await api.get('/api/v1/me', { headers: { authorization } });

        assertProblem(answer, 401, 'not_signed_in');
        assert.match(answer.headers['www-authenticate'], /^Bearer\b/);
    }
});

test('signing out ends the session everywhere and takes the cookie back', async () => {
    const { email, password } = ACCOUNTS.agent;
    const { body: { token } } = await signIn(email, password);

    assert.equal((await api.get('/api/v1/me', { cookie: token })).status, 200);
    const out = await api.call('DELETE', `${PATH}/current`, { cookie: token, headers: SAME });

    assert.equal(out.status, 204);
    assert.equal(out.text, '');
    assert.match(out.headers['set-cookie'][0], /^__Host-sid=;.*(Max-Age=0|1970)/i);
    for (const who of [{ cookie: token }, { token }])
        assertProblem(await api.get('/api/v1/me', who), 401, 'not_signed_in');
});

test('a session that was ended in the database is over within a second', async () => {
    const { email, password } = ACCOUNTS.agent;
    const { body: { token } } = await signIn(email, password);

    assert.equal((await api.get('/api/v1/me', { token })).status, 200);
    await api.sql(`DELETE FROM token USING account WHERE account.id = token.account AND email = '${email}'`);
    for (const end = Date.now() + 1500; Date.now() < end;)
        if ((await api.get('/api/v1/me', { token })).status === 401)
            return;
    assert.fail('the token still opens the door');
});

test('a session that nobody used for half an hour is over', async () => {
    const { email, password } = ACCOUNTS.manager;
    const { body: { token } } = await signIn(email, password);

    await api.sql(`UPDATE token SET last_used_at = now() - interval '31 minutes' FROM account
                    WHERE account.id = token.account AND email = '${email}'`);
    assertProblem(await api.get('/api/v1/me', { token }), 401, 'not_signed_in');
    api.tokens.delete('manager');
});

test('the service runs on while passwords are checked', async () => {
    const { email } = ACCOUNTS.manager;
    const guesses = Array.from({ length: 6 }, () => signIn(email, 'not the password at all'));
    const times = [];

    while (times.length < 20)
        times.push((await api.get('/api/v1/products')).ms);
    await Promise.all(guesses);
    assert.ok(times.sort((a, b) => a - b)[10] < 100, `median ${times[10]} ms`);
});
