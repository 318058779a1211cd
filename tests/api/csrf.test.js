import { strict as assert } from 'node:assert';
import { after, before, test } from 'node:test';
import { assertProblem, filing, startDaemon } from '../fixture.js';

let api;
let cookie;

before(async () => {
    api = await startDaemon();
    cookie = await api.as('manager');
});
after(() => api?.stop());

const open = (headers, who = { cookie }) =>
    api.post('/api/v1/partners', { name: `Workshop ${Math.random()}`, country: 'FR' }, { ...who, headers });

test('a page of ours may write with the cookie', async () => {
    assert.equal((await open({ 'sec-fetch-site': 'same-origin' })).status, 201);
});

test('a browser without Sec-Fetch-Site may, if the Origin is ours', async () => {
    assert.equal((await open({ origin: api.origin })).status, 201);
});

test('another site may not, nor a neighbour of ours, nor one that hides', async () => {
    for (const headers of [{ 'sec-fetch-site': 'cross-site' }, { 'sec-fetch-site': 'same-site' }, { 'sec-fetch-site': '' },
                           { origin: 'http://evil.example' }, { origin: 'null' }, { origin: `${api.origin}.evil.example` },
                           { origin: api.origin.replace('http', 'https') },
                           { 'sec-fetch-site': 'cross-site', origin: api.origin }, {}])
        assertProblem(await open(headers), 403, 'cross_site');
});

test('a link typed into the address bar may read', async () => {
    for (const headers of [{ 'sec-fetch-site': 'none' }, { 'sec-fetch-site': 'cross-site' }, {}])
        assert.equal((await api.get('/api/v1/me', { cookie, headers })).status, 200);
});

test('a script with a bearer token needs no origin', async () => {
    assert.equal((await open({}, { token: await api.as('manager') })).status, 201);
});

test('a foreign page may not file in the name of a visitor', async () => {
    assertProblem(await api.post('/api/v1/returns', filing(), { headers: { 'sec-fetch-site': 'cross-site' } }),
                  403, 'cross_site');
    assertProblem(await api.post('/api/v1/returns', filing(), { headers: { origin: 'http://evil.example' } }),
                  403, 'cross_site');
});

test('a foreign page may not sign somebody out or in', async () => {
    const headers = { 'sec-fetch-site': 'cross-site' };

    assertProblem(await api.call('DELETE', '/api/v1/sessions/current', { cookie, headers }), 403, 'cross_site');
    assertProblem(await api.post('/api/v1/sessions', { email: 'a@b.example', password: 'x' }, { key: null, headers }),
                  403, 'cross_site');
    assert.equal((await api.get('/api/v1/me', { cookie })).status, 200);
});

test('a form of another site cannot send JSON', async () => {
    for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x']) {
        const answer = await api.post('/api/v1/partners', '{"name":"Workshop","country":"FR"}',
                                      { cookie, headers: { 'content-type': type, 'sec-fetch-site': 'same-origin' } });

        assertProblem(answer, 415, 'not_json');
    }
});

test('no answer lets another origin read it', async () => {
    for (const path of ['/api/v1/products', '/api/v1/me', '/api/v1/openapi.json', '/nothing']) {
        const { headers } = await api.get(path, { headers: { origin: 'http://evil.example' } });

        assert.deepEqual(Object.keys(headers).filter((name) => name.startsWith('access-control-')), [], path);
    }
});
