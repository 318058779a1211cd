import { strict as assert } from 'node:assert';
import { get } from 'node:http';
import { after, before, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { assertProblem, nobody, startDaemon } from '../fixture.js';
import { MAPPING } from '../support/import.js';

const PATH = '/api/v1/jobs';
let api;
let staff;

before(async () => {
    api = await startDaemon({ settings: { jobs: 0, loops: 2 } }); // jobs are moved by hand here
    staff = { token: await api.as('manager') };
});
after(() => api?.stop());

const submit = async () => (await api.call('POST', '/api/v1/sales-imports', {
    ...staff, key: true, body: 'a,b\n', headers: { 'content-type': 'text/csv' },
})).body.id;
const move = (id, changes) => api.sql(`UPDATE job SET ${changes}, row_version = row_version + 1 WHERE public_id = '${id}'`);
const finish = (id, state = 'succeeded') => move(id, `state = '${state}', finished_at = now()`);

/** Listen to a job; `events` grows, `ended` resolves when the stream is over. */
function listen(id, headers = {}) {
    const heard = { events: [], text: '' };

    heard.ended = new Promise((resolve, reject) => {
        heard.call = get(`${api.origin}${PATH}/${id}/events`, { headers: { authorization: `Bearer ${staff.token}`, ...headers } }, (answer) => {
            heard.status = answer.statusCode;
            heard.headers = answer.headers;
            answer.on('data', (piece) => {
                heard.text += piece;
                heard.events = heard.text.split('\n\n').filter((event) => /^id: /.test(event)).map((event) => ({
                    id: event.match(/^id: (.*)$/m)[1], data: JSON.parse(event.match(/^data: (.*)$/m)[1]),
                }));
            });
            answer.on('end', resolve);
        });
        heard.call.on('error', reject);
    });
    heard.until = async (n, within = 5000) => {
        for (const end = Date.now() + within; heard.events.length < n && Date.now() < end;)
            await sleep(10);
        assert.equal(heard.events.length, n, heard.text);
    };
    return heard;
}

test('a job is told as it is now, and again at each change, until it is over', async () => {
    const id = await submit();
    const heard = listen(id);

    await heard.until(1);
    assert.equal(heard.status, 200);
    assert.equal(heard.headers['content-type'], 'text/event-stream; charset=utf-8');
    assert.equal(heard.headers['cache-control'], 'no-store');
    assert.equal(heard.headers['x-accel-buffering'], 'no');
    assert.match(heard.text, /^retry: 3000\n\n/);
    await move(id, "state = 'running', step = 'checking', processed = 2");
    await heard.until(2);
    await finish(id);
    await heard.ended;
    assert.deepEqual(heard.events.map((event) => [event.data.state, event.data.progress.processed]),
                     [['queued', 0], ['running', 2], ['succeeded', 2]]);
    assert.deepEqual(heard.events.at(-1).data, (await api.get(`${PATH}/${id}`, staff)).body, 'an event is the job itself');
});

test('who comes again after the end is told that nothing more will happen, and gets what was missed', async () => {
    const id = await submit();

    await move(id, "state = 'running'");
    await finish(id);
    const missed = listen(id, { 'last-event-id': '1' });

    await missed.ended;
    assert.deepEqual(missed.events.map(({ id: version }) => version), ['3']);
    assert.equal((await api.get(`${PATH}/${id}/events`, { ...staff, headers: { 'last-event-id': '3' } })).status, 204);
});

test('many may watch one job, on every loop', async () => {
    const id = await submit();
    const watchers = Array.from({ length: 40 }, () => listen(id));

    await Promise.all(watchers.map((heard) => heard.until(1)));
    await finish(id);
    await Promise.all(watchers.map((heard) => heard.ended));
    for (const { events } of watchers)
        assert.deepEqual(events.map(({ data }) => data.state), ['queued', 'succeeded']);
});

test('who leaves while watching disturbs nobody', async () => {
    const id = await submit();
    const [leaving, staying] = [listen(id), listen(id)];

    leaving.ended.catch(() => {});
    await Promise.all([leaving.until(1), staying.until(1)]);
    leaving.call.destroy();
    for (let i = 1; i <= 20; i++)
        await move(id, `processed = ${i}`);
    await finish(id);
    await staying.ended;
    assert.equal(staying.events.at(-1).data.state, 'succeeded');
});

test('a daemon that ends lets those who watch go', async () => {
    const other = await startDaemon({ settings: { jobs: 0 } });
    const token = await other.as('manager');
    const { body } = await other.call('POST', '/api/v1/sales-imports', { token, key: true, body: 'a\n', headers: { 'content-type': 'text/csv' } });
    const ended = new Promise((resolve, reject) => {
        get(`${other.origin}${PATH}/${body.id}/events`, { headers: { authorization: `Bearer ${token}` } }, (answer) => {
            answer.on('data', () => {});
            answer.on('end', resolve);
        }).on('error', reject);
    });

    await sleep(200);
    const began = Date.now();

    await other.stop();
    await ended;
    assert.ok(Date.now() - began < 3000, `${Date.now() - began} ms`);
});

test('a job that waits is cancelled at once, one that runs is asked to end, one that is over stays', async () => {
    const [waiting, running, over] = [await submit(), await submit(), await submit()];
    const after = async (id) => {
        assert.equal((await api.call('DELETE', `${PATH}/${id}`, staff)).status, 204);
        const { body } = await api.get(`${PATH}/${id}`, staff);

        return [body.state, body.cancel_asked];
    };

    await move(running, "state = 'running'");
    await finish(over, 'failed');
    assert.deepEqual(await after(waiting), ['cancelled', true]);
    assert.deepEqual(await after(running), ['running', true]);
    assert.deepEqual(await after(over), ['failed', false]);
    assertProblem(await api.call('DELETE', `${PATH}/${nobody('job')}`, staff), 404, 'not_found');
});

test('jobs are listed, newest first', async () => {
    const [first, second] = [await submit(), await submit()];
    const { body } = await api.get(`${PATH}?limit=2`, staff);

    assert.deepEqual(body.items.map(({ id }) => id), [second, first]);
    assert.ok(body.page.next);
});

test('rejected rows are told page by page, and all of them as CSV', async () => {
    const id = await submit();

    await api.sql(`INSERT INTO job_reject (job, line, n, "column", code, detail)
        SELECT id, 2 + n / 2, n % 2, CASE n % 3 WHEN 0 THEN 'Menge' END, 'not_a_count', 'It is no whole number, "x".'
          FROM job, generate_series(0, 4999) AS n WHERE public_id = '${id}'`);
    const first = (await api.get(`${PATH}/${id}/rejects?limit=3`, staff)).body;

    assert.deepEqual(first.items.map(({ line, n, column }) => [line, n, column]), [[2, 0, 'Menge'], [2, 1, null], [3, 0, null]]);
    const second = (await api.get(first.page.next, staff)).body;

    assert.deepEqual(second.items.map(({ line, n }) => [line, n]), [[3, 1], [4, 0], [4, 1]]);
    const { status, headers, text } = await api.get(`${PATH}/${id}/rejects.csv`, staff);
    const lines = text.replace(/^\ufeff/, '').trimEnd().split('\r\n');

    assert.equal(status, 200);
    assert.equal(headers['content-type'], 'text/csv; charset=utf-8');
    assert.equal(lines.length, 5001);
    assert.deepEqual(lines.slice(0, 3), ['line,column,code,detail', '2,Menge,not_a_count,"It is no whole number, ""x""."',
                                         '2,,not_a_count,"It is no whole number, ""x""."']);
    assert.equal(lines.at(-1), '2501,,not_a_count,"It is no whole number, ""x""."');
    const none = await submit();

    assert.equal((await api.get(`${PATH}/${none}/rejects.csv`, staff)).text, '\ufeffline,column,code,detail\r\n');
    for (const path of ['', '/events', '/rejects', '/rejects.csv'])
        assertProblem(await api.get(`${PATH}/${nobody('job')}${path}`, staff), 404, 'not_found');
});

test('mappings are saved under a name, listed and removed', async () => {
    const manager = { token: await api.as('manager') };
    const { status, body } = await api.post('/api/v1/import-maps', { name: 'Our ERP', body: MAPPING }, manager);

    assert.equal(status, 201);
    assert.deepEqual(body.body, MAPPING);
    assertProblem(await api.post('/api/v1/import-maps', { name: 'Our ERP', body: MAPPING }, manager), 409, 'already_exists');
    assert.deepEqual((await api.get('/api/v1/import-maps', staff)).body.items.map(({ name }) => name), ['Our ERP']);
    assert.equal((await api.call('DELETE', `/api/v1/import-maps/${body.id}`, manager)).status, 204);
    assertProblem(await api.call('DELETE', `/api/v1/import-maps/${body.id}`, manager), 404, 'not_found');
});

test('a mapping that no file could be read by is refused with the reason', async () => {
    const save = (body) => api.post('/api/v1/import-maps', { name: 'Another', body }, staff);

    for (const [changes, wrong] of [
        [{ date_format: '%d.%m.' }, /"date_format" must name a year, a month and a day/],
        [{ columns: undefined }, /"columns"/],
        [{ colour: 'red' }, /"colour"/],
        // A few letters for which the C library would take half a gigabyte.
        [{ product_pattern: '(((a{1,100}){1,100}){1,50})' }, /It repeats something more than a thousand times/],
    ]) {
        const answer = await save({ ...MAPPING, ...changes });

        assertProblem(answer, 422, 'invalid_value');
        assert.match(answer.body.detail, wrong);
    }
    assert.equal(await api.sql("SELECT count(*) FROM import_map WHERE name = 'Another'"), '0');
});
