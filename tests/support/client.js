// What a test says to the service, and a record of everything that was said.

import { strict as assert } from 'node:assert';
import { randomUUID } from 'node:crypto';
import { appendFileSync, mkdirSync } from 'node:fs';
import { Agent } from 'node:http';
import { ACCOUNTS, PRODUCTS } from './accounts.js';
import { exchange, raw, replies } from './http.js';

const RECORDS = new URL('../../build/exchanges/', import.meta.url);
const RECORD = new URL(`${process.pid}.jsonl`, RECORDS);

mkdirSync(RECORDS, { recursive: true });

let serials = 0;

/** An Idempotency-Key nobody used before. */
export const key = () => `key-${randomUUID()}`;

/** A serial number nobody used before. */
export const serial = () => `S${process.pid}-${++serials}`;

/** A return as a customer would file it; `changes` replaces or adds members. */
export function filing(changes = {}) {
    return {
        product: PRODUCTS.tiller,
        serial: serial(),
        reason: 'doa',
        description: 'It does not start, not even with fresh fuel.',
        country: 'DE',
        name: 'Käthe Müller',
        email: 'kaethe@customer.example',
        ...changes,
    };
}

/** A registration as a customer would make it. */
export function registration(changes = {}) {
    return {
        product: PRODUCTS.tiller,
        serial: serial(),
        buyer_type: 'consumer',
        country: 'DE',
        purchased_on: '2026-05-02',
        email: 'kaethe@customer.example',
        ...changes,
    };
}

let days = 0;

/** Costs as a manager would enter them, from a day on that nobody used before. */
export function cost(changes = {}) {
    return {
        valid_from: new Date(Date.UTC(2030, 0, ++days)).toISOString().slice(0, 10), currency: 'EUR', price_minor: 39900,
        cogs_minor: 25000, outbound_minor: 2500, fees_minor: 8000, inbound_minor: 2500, inspect_minor: 1200, repair_minor: 1500,
        recovery_minor: 6000,
        ...changes,
    };
}

export class Client {
    constructor(origin) {
        this.origin = origin;
        this.agent = new Agent({ keepAlive: true });
        this.tokens = new Map();
    }

    /**
     * One exchange. `body`: an object is sent as JSON, a string or Buffer as it
     * is. `key`: the Idempotency-Key, true for a fresh one. `match`: If-Match.
     */
    async call(method, path, { token, cookie, body, key: idempotency, match, headers = {}, agent } = {}) {
        const isObject = body !== undefined && typeof body !== 'string' && !Buffer.isBuffer(body);
        const bytes = isObject ? JSON.stringify(body) : body;
        const sent = {
            ...(bytes === undefined ? {} : {
                'content-type': 'application/json', 'content-length': Buffer.byteLength(bytes),
            }),
            ...(token && { authorization: `Bearer ${token}` }),
            ...(cookie && { cookie: `__Host-sid=${cookie}` }),
            ...(idempotency && { 'idempotency-key': idempotency === true ? key() : idempotency }),
            ...(match && { 'if-match': match }),
            ...headers,
        };
        const answer = await exchange(this.origin, method, path,
                                      { headers: sent, body: bytes, agent: agent ?? this.agent });

        answer.text = answer.bytes.toString('utf8');
        answer.body = /json/.test(answer.headers['content-type'] ?? '') && answer.text
            ? JSON.parse(answer.text) : null;
        record(method, path, answer, isObject ? body : undefined);
        return answer;
    }

    get(path, options) {
        return this.call('GET', path, options);
    }

    /** POST with a fresh Idempotency-Key unless `key` is given (null: none). */
    post(path, body, options = {}) {
        return this.call('POST', path, { key: true, ...options, body });
    }

    /** The token of somebody in support/accounts.js; signs in once. */
    async as(who) {
        if (!this.tokens.has(who))
            this.tokens.set(who, await this.signIn(ACCOUNTS[who].email, ACCOUNTS[who].password));
        return this.tokens.get(who);
    }

    async signIn(email, password) {
        const answer = await this.post('/api/v1/sessions', { email, password }, { key: null });

        assert.equal(answer.status, 201, answer.text);
        return answer.body.token;
    }

    /** File a return and give back its row, its token among it. */
    async file(changes) {
        const answer = await this.post('/api/v1/returns', filing(changes));

        assert.equal(answer.status, 201, answer.text);
        return answer.body;
    }

    /** The ticket of a return as staff sees it. */
    async ticketOf(filed) {
        const token = await this.as('agent');
        const { body } = await this.get(`/api/v1/returns/${filed.id}`, { token });

        return (await this.get(`/api/v1/tickets/${body.ticket}`, { token })).body;
    }

    /** Read something's ETag and make a move with it. */
    async move(kind, id, body, token) {
        const { headers } = await this.get(`/api/v1/${kind}/${id}`, { token });

        return this.post(`/api/v1/${kind}/${id}/transitions`, body, { token, match: headers.etag });
    }

    /** Send exactly these bytes. */
    async raw(bytes, options) {
        const answer = await raw(this.port, bytes, options);

        for (const { status, headers, body } of replies(answer.bytes).found)
            record('RAW', '-', { status, headers, text: body.toString('utf8') });
        return answer;
    }
}

function record(method, path, { status, headers, text }, sent) {
    appendFileSync(RECORD, `${JSON.stringify({ method, path, status, headers, text, sent })}\n`);
}

/** The answer is this problem. */
export function assertProblem(answer, status, code) {
    assert.equal(answer.status, status, answer.text);
    assert.match(answer.headers['content-type'], /^application\/problem\+json\b/);
    assert.equal(answer.body.code, code, answer.text);
    assert.equal(answer.body.status, status);
    assert.match(answer.body.type, new RegExp(`/problems/${code}$`));
    assert.equal(answer.body.instance, `urn:uuid:${answer.headers['request-id']}`);
    assert.ok(answer.body.title);
}

/** 422 naming exactly these fields: { '/serial': 'too_short' }; '?from' is one of the query. */
export function assertFields(answer, expected) {
    assertProblem(answer, 422, 'invalid_fields');
    assert.deepEqual(Object.fromEntries(answer.body.errors.map(({ pointer, code }) => [pointer, code])), expected);
    for (const { detail } of answer.body.errors)
        assert.ok(detail);
}
