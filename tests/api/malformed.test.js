// What is not HTTP gets an error or a closed door, never two answers, and hurts nobody else.

import { strict as assert } from 'node:assert';
import { after, before, describe, test } from 'node:test';
import { replies, startDaemon } from '../fixture.js';
import { ONE_ANSWER, REFUSED } from '../support/corpus.js';

const TIMEOUT_MS = 1500;
let api;
let lenient; // libmicrohttpd before 1.0: its faults are known, and only the proxy can mend them

before(async () => {
    api = await startDaemon({
        settings: { header_timeout_ms: TIMEOUT_MS, body_timeout_ms: TIMEOUT_MS, idle_timeout_ms: TIMEOUT_MS },
    });
    lenient = /libmicrohttpd[^\d]*0\./i.test((await api.get('/version')).text);
});
after(() => api?.stop());

/** Send it and wait for the end of the connection, which must come. */
async function outcome(bytes) {
    const answer = await api.raw(bytes, { quiet: 2 * TIMEOUT_MS, timeout: 4 * TIMEOUT_MS });
    const { found, rest } = replies(answer.bytes);

    return { ...answer, statuses: found.map(({ status }) => status), rest: rest.toString('latin1') };
}

async function assertHonestIsServed() {
    assert.equal((await api.get('/healthz', { agent: false })).status, 200, 'an honest client is served');
}

/** The header of one error twice: the same status line again, and nothing else. */
const isSameHeaderTwice = (statuses, rest) => {
    const all = [...statuses, ...(/^HTTP\/1\.[01] (\d+)/.exec(rest)?.slice(1).map(Number) ?? [])];

    return all.length === 2 && all[0] === all[1] && all[0] >= 400;
};

describe('a request that must be refused', { concurrency: 16 }, () => {
    for (const [name, bytes, fault] of REFUSED) {
        test(name, async (t) => {
            const { statuses, rest, closed } = await outcome(bytes);
            const refused = statuses.length <= 1 && !rest && statuses.every((status) => status >= 400);

            if (!refused && lenient && fault === 'twice' && isSameHeaderTwice(statuses, rest))
                t.diagnostic('libmicrohttpd before 1.0 sends the header of this error twice; the proxy refuses it first');
            else if (!refused && lenient && fault === 'blind' && statuses.every((status) => status !== 201))
                t.diagnostic(`libmicrohttpd before 1.0 drops the line unseen (${statuses}); the proxy refuses it first`);
            else if (!refused && fault === 'lenient' && statuses.length === 1)
                t.diagnostic(`taken as meant (${statuses}): RFC 9112 allows it`);
            else
                assert.ok(refused, `${statuses} ${JSON.stringify(rest.slice(0, 200))}`);
            assert.ok(closed, 'the connection is closed');
            await assertHonestIsServed();
        });
    }
});

describe('a strange request', { concurrency: 16 }, () => {
    for (const [name, bytes] of ONE_ANSWER) {
        test(`${name} gets one answer`, async () => {
            const { statuses, rest } = await outcome(bytes);
            const final = statuses.filter((status) => status >= 200);

            assert.ok(final.length <= 1 && !rest, `${statuses} ${JSON.stringify(rest.slice(0, 200))}`);
            assert.ok(final.every((status) => status < 500));
            await assertHonestIsServed();
        });
    }
});

test('a request cut short anywhere hurts nobody', async () => {
    const body = '{"email":"a@b.example","password":"x"}';
    const whole = `POST /api/v1/sessions HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n${body}`;

    await Promise.all(Array.from({ length: whole.length }, (_, end) => api.raw(whole.slice(0, end), { quiet: 50 })));
    await Promise.all(Array.from({ length: 40 }, (_, n) => api.raw(whole.slice(0, n * 4), { halfClose: true, quiet: 200 })));
    await assertHonestIsServed();
});

test('nothing of all this was taken for a return', async () => {
    assert.equal(await api.sql('SELECT count(*) FROM return'), '0');
});
