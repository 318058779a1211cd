// Sales files sent in over HTTP.

import { strict as assert } from 'node:assert';
import { setTimeout as sleep } from 'node:timers/promises';

const WITHIN_MS = 120000;

/** Send a file in and wait for its job to be over; the job, and its report as `result`. `accepted` is told its id before that. */
export async function imported(api, staff, bytes, options = {}, accepted = () => {}) {
    const answer = await api.call('POST', `/api/v1/sales-imports?${new URLSearchParams(options)}`, {
        ...staff, key: true, body: bytes, headers: { 'content-type': 'application/octet-stream' },
    });

    assert.equal(answer.status, 202, answer.text);
    accepted(answer.body.id);
    for (const end = Date.now() + WITHIN_MS; Date.now() < end; await sleep(20)) {
        const { body } = await api.get(`/api/v1/jobs/${answer.body.id}`, staff);

        if (body.finished_at)
            return body;
    }
    throw new Error(`The job ${answer.body.id} is not over.`);
}

/** A mapping of a file with the columns p, q and d. */
export const MAPPING = {
    line: { code: 'mapped', name: 'Mapped' }, columns: { product: 'p', quantity: 'q', date: 'd' }, date_format: '%Y-%m-%d', country: { constant: 'DE' },
};

/** Save a mapping under a name; the name. */
export async function saveMap(api, staff, name, body) {
    const answer = await api.post('/api/v1/import-maps', { name, body }, { ...staff, key: true });

    assert.equal(answer.status, 201, answer.text);
    return name;
}
