// The database, the service on it, and what both sides of a comparison need.

import { loadavg } from 'node:os';
import { exchange } from '../support/http.js';
import { AGENT, Database } from './database.js';
import { rssMb } from './process.js';
import { scripts, variables } from './script.js';
import { Service } from './service.js';
import { settings } from './settings.js';
import { median } from './measure.js';

const CONNECTIONS = 1000;

/** What a kept answer is: nonce, authentication code and text, in hexadecimal. */
const sealed = (length) => `\\x${'5a'.repeat(24 + 16 + length)}`;

/** File one return as load.lua does, to see how long its answer is. */
async function answerLength(service, database) {
    const { status, bytes } = await exchange(service.origin, 'POST', '/api/v1/returns', {
        headers: { 'content-type': 'application/json', 'idempotency-key': 'load-before-all' },
        body: JSON.stringify({
            product: database.facts.products[0], serial: 'W-BEFORE-ALL', reason: 'failed_in_use',
            description: 'Stops after ten minutes of work and does not start again while it is warm.',
            country: database.facts.country, channel: 'online', order_number: 'W-BEFORE-ALL', name: 'Lou Load',
            email: 'lou@customer.example', phone: '+4930123456', locale: 'en',
        }),
    });

    if (status !== 201)
        throw new Error(`Filing a return was answered ${status}: ${bytes}`);
    return bytes.length;
}

/** How long a start takes until the first 200, the median of some. */
async function startMs(database) {
    const took = [];

    for (let i = 0; i < settings.rounds; i++) {
        const service = await Service.start(database.url);

        took.push(service.startMs);
        await service.stop();
    }
    return median(took);
}

/** Kilobytes that one of many kept connections takes. */
async function idleKb(database, extra) {
    const service = await Service.start(database.url, { connection_limit: CONNECTIONS + 100, ...extra });

    await (await service.hold(1)).destroy();
    const before = rssMb(service.pid);
    const agent = await service.hold(CONNECTIONS);
    const kb = (rssMb(service.pid) - before) * 1024 / CONNECTIONS;

    agent.destroy();
    await service.stop();
    return kb;
}

/** The cluster stops when this process ends; the service is the caller's to stop. */
export async function openWorld() {
    const load = loadavg();
    const database = Database.open();
    const still = {
        startMs: await startMs(database),
        idle: [
            { name: '32 KB for headers (default)', kb: await idleKb(database, {}) },
            { name: '8 KB for headers', kb: await idleKb(database, { connection_memory: 8192 }), floor: 12 },
        ],
    };
    const service = await Service.start(database.url);
    const account = database.sql(`SELECT id FROM account WHERE email = '${AGENT.email}'`);
    const { version, ...libraries } = (await service.get('/version')).body;

    return {
        ...still,
        load,
        database,
        service,
        versions: { aftersalesd: version, ...libraries },
        facts: database.facts,
        // What cells and rounds ask for.
        origin: service.origin,
        token: await service.token(),
        url: database.url,
        postmaster: database.postmaster,
        scripts: scripts(database.facts),
        variables: variables(database.facts, account, sealed(await answerLength(service, database))),
    };
}
