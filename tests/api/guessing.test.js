// Guessing one account's password from any number of addresses, through any number of daemons.

import { strict as assert } from 'node:assert';
import { after, before, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { ACCOUNTS, assertProblem, startDaemon } from '../fixture.js';

const WRONG = 'not the password at all';
const UNKNOWN = 'nobody@maker.example';
let api;
let second;

before(async () => {
    api = await startDaemon({ settings: { limit_failures: 10 } });
    second = await startDaemon({ settings: { limit_failures: 10 }, database: api.database });
});
after(async () => {
    await second?.stop();
    await api?.stop();
});

const signIn = (email, password, at = api) => at.post('/api/v1/sessions', { email, password }, { key: null });
const failures = () => api.sql('SELECT failures FROM sign_in_failure').then(Number);
const forget = () => api.sql('DELETE FROM sign_in_failure');

/** As after so many failures, the last delay being over. */
const failed = (times) => api.sql(`UPDATE sign_in_failure SET failures = ${times}, next_at = now()`);

async function repeat(times, action) {
    const answers = [];

    while (answers.length < times)
        answers.push(await action(answers.length));
    return answers;
}

/** How many answers have each status: { 401: 11, 429: 9 }. */
function tally(answers) {
    const counts = {};

    for (const { status } of answers)
        counts[status] = (counts[status] ?? 0) + 1;
    return counts;
}

/** Everything a guesser can see, from the first guess into the delay. */
async function guessed(email) {
    await forget();
    const answers = await repeat(11, (n) => signIn(n % 2 ? email.toUpperCase() : email, WRONG));

    assert.equal(await failures(), 11);
    await failed(15);
    answers.push(...await repeat(3, () => signIn(email, WRONG)));
    assert.equal(await failures(), 16);
    return answers.map(({ status, headers, body }) => ({
        status,
        body: { ...body, instance: undefined },
        names: Object.keys(headers).sort(),
        retry: headers['retry-after'] && Math.round(headers['retry-after'] / 10),
    }));
}

test('after eleven wrong passwords there is a delay, the same for an address without an account', async () => {
    const known = await guessed(ACCOUNTS.agent.email);
    const unknown = await guessed(UNKNOWN);

    assert.deepEqual(known.map(({ status }) => status), [...Array(12).fill(401), 429, 429]);
    assert.ok(known[13].retry >= 2 && known[13].retry <= 3, 'about half a minute');
    assert.deepEqual(known, unknown);
});

test('while it runs the right password is refused as well, and nothing is checked', async () => {
    const { email, password } = ACCOUNTS.agent;

    await forget();
    const checked = await signIn(email, WRONG);

    await failed(20);
    await signIn(email, WRONG);
    const refused = await signIn(email, password);

    assertProblem(refused, 429, 'quota_exceeded');
    assert.ok(refused.headers['retry-after'] > 50 && refused.headers['retry-after'] <= 60);
    assert.equal(refused.headers['set-cookie'], undefined);
    const fastest = (await repeat(5, () => signIn(email, password))).map(({ ms }) => ms).sort((a, b) => a - b)[0];

    assert.ok(fastest < checked.ms / 2, `${fastest} ms refused, ${checked.ms} ms checked`);
    assert.equal(await failures(), 21, 'who is refused is not counted');
});

test('Retry-After tells the truth, and signing in then clears the count', async () => {
    const { email, password } = ACCOUNTS.agent;

    await forget();
    await signIn(email, WRONG);
    await api.sql("UPDATE sign_in_failure SET failures = 20, next_at = clock_timestamp() + interval '1.5 seconds'");
    const refused = await signIn(email, password);

    assertProblem(refused, 429, 'quota_exceeded');
    await sleep(refused.headers['retry-after'] * 1000);
    assert.equal((await signIn(email, password)).status, 201);
    assert.equal(await api.sql('SELECT count(*) FROM sign_in_failure'), '0');
    await signIn(email, WRONG);
    assert.equal(await failures(), 1);
});

test('the delay of one address is none for another', async () => {
    await forget();
    await signIn(ACCOUNTS.agent.email, WRONG);
    await api.sql("UPDATE sign_in_failure SET next_at = now() + interval '1 minute'");
    assertProblem(await signIn(ACCOUNTS.agent.email, WRONG), 429, 'quota_exceeded');
    assert.equal((await signIn(ACCOUNTS.manager.email, ACCOUNTS.manager.password)).status, 201);
    assert.equal(await api.sql('SELECT count(*) FROM sign_in_failure'), '1');
});

test('of twenty guesses at once, to two daemons, those that are checked are counted and the rest refused', async () => {
    for (const email of [ACCOUNTS.agent.email, UNKNOWN]) {
        await forget();
        const counts = tally(await Promise.all(Array.from({ length: 20 }, (_, n) => signIn(email, WRONG, n % 2 ? api : second))));

        assert.equal(counts[401] + counts[429], 20, email);
        assert.ok(counts[401] >= 11 && counts[401] <= 12, `${counts[401]} of ${email}`); // 12 if the first second went by
        assert.equal(await failures(), counts[401], email);
    }
});

test('when a delay is over, one of twenty guesses at once is checked', async () => {
    for (const email of [ACCOUNTS.agent.email, UNKNOWN]) {
        await forget();
        await signIn(email, WRONG);
        await failed(14);
        const counts = tally(await Promise.all(Array.from({ length: 20 }, (_, n) => signIn(email, WRONG, n % 2 ? api : second))));

        assert.deepEqual(counts, { 401: 1, 429: 19 }, email);
        assert.equal(await failures(), 15, email);
    }
});

test('ten right passwords at once are all let in', async () => {
    const { email, password } = ACCOUNTS.agent;

    await forget();
    assert.deepEqual(tally(await Promise.all(Array.from({ length: 10 }, () => signIn(email, password)))), { 201: 10 });
});

test('failures of yesterday are forgotten by the clock job', async () => {
    await forget();
    await signIn(UNKNOWN, WRONG);
    await api.sql("UPDATE sign_in_failure SET next_at = now() - interval '25 hours'");
    await second.stop();
    await second.restart(); // the job's first minute begins at once
    for (const end = Date.now() + 5000; Date.now() < end; await sleep(50))
        if (await api.sql('SELECT count(*) FROM sign_in_failure') === '0')
            return;
    assert.fail('it is still there');
});
