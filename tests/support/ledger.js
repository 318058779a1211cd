// Writers that never give up, and the book of what they were told.

import { strict as assert } from 'node:assert';
import { setTimeout as sleep } from 'node:timers/promises';
import { filing, key } from './client.js';

const PATIENCE_MS = 30000;

/**
 * Files returns with `writers` clients at once until stop(). A request that was
 * not answered 201 is sent again with the same Idempotency-Key.
 */
export class Ledger {
    constructor(api, writers = 8) {
        this.api = api;
        this.tried = new Set(); // serials that were sent
        this.told = new Map(); // serial -> id that was acknowledged
        this.failures = new Map(); // what else was answered, how often
        this.problems = [];
        this.lastSuccess = performance.now();
        this.longestGap = 0;
        this.stopped = false;
        this.writers = Array.from({ length: writers }, () => this.write());
    }

    async write() {
        while (!this.stopped)
            await this.fileOne(filing({ country: 'IT' }), key());
    }

    async fileOne(sent, name) {
        const give = performance.now() + PATIENCE_MS;

        this.tried.add(sent.serial);
        for (;;) {
            const answer = await this.api.post('/api/v1/returns', sent, { key: name, agent: false })
                .catch((error) => ({ status: error.code ?? error.message }));

            if (answer.status === 201)
                return this.keep(sent, answer.body);
            const what = answer.body?.code ?? answer.status;

            this.failures.set(what, (this.failures.get(what) ?? 0) + 1);
            if (answer.status === 503 && !(Number(answer.headers['retry-after']) >= 1))
                this.problems.push(`503 without Retry-After: ${answer.text}`);
            if (typeof answer.status === 'number' && ![503, 409].includes(answer.status))
                this.problems.push(`${answer.status} ${answer.text}`);
            if (performance.now() > give)
                return this.problems.push(`no answer for ${sent.serial} in ${PATIENCE_MS} ms: ${what}`);
            await sleep(50);
        }
    }

    keep(sent, row) {
        const now = performance.now();

        if (row.serial !== sent.serial)
            this.problems.push(`told about ${row.serial} who filed ${sent.serial}`);
        this.told.set(sent.serial, row.id);
        this.longestGap = Math.max(this.longestGap, now - this.lastSuccess);
        this.lastSuccess = now;
    }

    /** Wait until somebody was acknowledged after this moment. */
    async nextSuccess(within) {
        const from = performance.now();

        while (this.lastSuccess < from) {
            assert.ok(performance.now() - from < within, `no success within ${within} ms`);
            await sleep(10);
        }
        return performance.now() - from;
    }

    /** End the writers and compare what they were told with what is in the database. */
    async settle() {
        this.stopped = true;
        await Promise.all(this.writers);
        const rows = (await this.api.sql('SELECT serial, public_id FROM return')).split('\n').filter(Boolean);
        const kept = new Map();
        const doubled = [];

        for (const [serial, id] of rows.map((row) => row.split('|')).filter(([serial]) => this.tried.has(serial))) {
            if (kept.has(serial))
                doubled.push(serial);
            kept.set(serial, id);
        }
        assert.deepEqual(this.problems, []);
        assert.deepEqual([...this.told].filter(([serial, id]) => kept.get(serial) !== id), [], 'acknowledged and lost');
        assert.deepEqual(doubled, [], 'doubled');
        assert.equal(kept.size, this.told.size, 'every effect was acknowledged in the end');
        return this.told.size;
    }
}
