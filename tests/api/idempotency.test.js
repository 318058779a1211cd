import { strict as assert } from 'node:assert';
import { after, before, test } from 'node:test';
import { assertProblem, filing, key, startDaemon } from '../fixture.js';

const PATH = '/api/v1/returns';
let api;

before(async () => {
    api = await startDaemon({ settings: { loops: 2 } }); // twins must find each other across loops
});
after(() => api?.stop());

const count = async (serial) => Number(await api.sql(`SELECT count(*) FROM return WHERE serial = '${serial}'`));

test('the same request again gets the same bytes, and has no second effect', async () => {
    const sent = filing();
    const options = { key: key() };
    const first = await api.post(PATH, sent, options);
    const second = await api.post(PATH, sent, options);

    assert.equal(first.status, 201);
    assert.equal(second.status, 201);
    assert.ok(first.bytes.equals(second.bytes), 'byte for byte, the token included');
    assert.equal(second.headers.location, first.headers.location);
    assert.equal(second.headers.etag, first.headers.etag);
    assert.equal(first.headers['idempotent-replayed'], undefined);
    assert.equal(second.headers['idempotent-replayed'], 'true');
    assert.equal(await count(sent.serial), 1);
});

test('the token of a replayed answer opens the return', async () => {
    const sent = filing();
    const options = { key: key() };

    await api.post(PATH, sent, options);
    const { body } = await api.post(PATH, sent, options);

    assert.equal((await api.get(`${PATH}/${body.id}`, { token: body.token })).status, 200);
});

test('a replay is counted in the database, so that it waits for the first to be kept', async () => {
    const sent = filing();
    const options = { key: key() };

    for (let n = 0; n < 3; n++)
        await api.post(PATH, sent, options);
    assert.equal(await api.sql(`SELECT replays FROM idempotency WHERE key = '${options.key}'`), '2');
});

test('the key may be quoted, and is the same key then', async () => {
    const sent = filing();
    const name = key();
    const bare = await api.post(PATH, sent, { key: name });
    const quoted = await api.post(PATH, sent, { key: `"${name}"` });

    assert.ok(bare.bytes.equals(quoted.bytes));
});

test('another body under the same key is refused', async () => {
    const sent = filing();
    const options = { key: key() };

    await api.post(PATH, sent, options);
    assertProblem(await api.post(PATH, { ...sent, name: 'Somebody Else' }, options), 422, 'idempotency_mismatch');
    assert.equal(await count(sent.serial), 1);
});

test('a key is required where an effect could be doubled', async () => {
    assertProblem(await api.post(PATH, filing(), { key: null }), 400, 'idempotency_key_missing');
});

test('a key of the wrong form is no key', async () => {
    for (const bad of ['short', 'x'.repeat(256), 'has blanks inside', '"unbalanced', 'ümlautümlaut', '""', '"\\"\\"\\"\\""'])
        assertProblem(await api.post(PATH, filing(), { key: Buffer.from(bad).toString('latin1') }), 400,
                      'idempotency_key_missing');
    for (const good of ['x'.repeat(8), 'x'.repeat(255), `"${'!'.repeat(8)}"`])
        assert.equal((await api.post(PATH, filing(), { key: good })).status, 201, good);
});

test('a request that was refused may be sent again, corrected, under its key', async () => {
    const options = { key: key() };
    const sent = filing();

    assert.equal((await api.post(PATH, { ...sent, email: 'nobody' }, options)).status, 422);
    assert.equal((await api.post(PATH, sent, options)).status, 201);
});

test('the same key is another key for another person', async () => {
    const one = await api.file();
    const two = await api.file();
    const name = key();
    const say = (filed) => api.post(`${PATH}/${filed.id}/messages`, { note: 'Hello.' }, { token: filed.token, key: name });
    const answers = [await say(one), await say(two)];

    assert.deepEqual(answers.map(({ status }) => status), [201, 201]);
    assert.notEqual(answers[0].body.id, answers[1].body.id);
    assert.equal(answers[1].headers['idempotent-replayed'], undefined);
});

test('the same key is another key for another operation', async () => {
    const name = key();
    const filed = (await api.post(PATH, filing(), { key: name })).body;
    const said = await api.post(`${PATH}/${filed.id}/messages`, { note: 'Hello.' }, { token: filed.token, key: name });

    assert.equal(said.status, 201);
});

test('a move under the same key happens once, although the version has changed', async () => {
    const filed = await api.file({ country: 'IT' });
    const token = await api.as('agent');
    const { headers } = await api.get(`${PATH}/${filed.id}`, { token });
    const options = { token, match: headers.etag, key: key() };
    const first = await api.post(`${PATH}/${filed.id}/transitions`, { to: 'approved' }, options);
    const second = await api.post(`${PATH}/${filed.id}/transitions`, { to: 'approved' }, options);

    assert.equal(first.status, 200);
    assert.equal(second.status, 200);
    assert.ok(first.bytes.equals(second.bytes));
    assert.equal(second.headers['idempotent-replayed'], 'true');
    assert.equal(await api.sql(`SELECT count(*) FROM return_event JOIN return ON return.id = return_event.return
                                 WHERE return.public_id = '${filed.id}' AND to_state = 'approved'`), '1');
});

test('of 16 twins sent at the same moment exactly one has an effect', async () => {
    for (let round = 0; round < 15; round++) {
        const sent = filing();
        const name = key();
        const answers = await Promise.all(Array.from({ length: 16 }, () => api.post(PATH, sent, { key: name, agent: false })));
        const good = answers.filter(({ status }) => status === 201);

        assert.ok(good.length >= 1, 'one is answered');
        assert.equal(new Set(good.map(({ text }) => text)).size, 1, 'all who are answered get the same bytes');
        assert.equal(good.filter(({ headers }) => !headers['idempotent-replayed']).length, 1, 'one is the first');
        for (const answer of answers.filter(({ status }) => status !== 201)) {
            assertProblem(answer, 409, 'idempotency_in_progress');
            assert.equal(answer.headers['retry-after'], '1');
        }
        assert.equal(await count(sent.serial), 1);
        assert.ok((await api.post(PATH, sent, { key: name })).bytes.equals(good[0].bytes), 'and so does who asks later');
    }
});

test('of 16 different requests for the same machine exactly one has an effect', async () => {
    for (let round = 0; round < 10; round++) {
        const sent = filing();
        const answers = await Promise.all(Array.from({ length: 16 }, (_, n) =>
            api.post(PATH, { ...sent, name: `Person ${n}` }, { agent: false })));

        assert.equal(answers.filter(({ status }) => status === 201).length, 1);
        for (const answer of answers.filter(({ status }) => status !== 201))
            assertProblem(answer, 409, 'return_already_open');
        assert.equal(await count(sent.serial), 1);
    }
});
