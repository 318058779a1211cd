// The daemon under load: everything on that is on in production, its log in a file.

import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { closeSync, openSync, readFileSync, truncateSync } from 'node:fs';
import { Agent } from 'node:http';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { exchange } from '../support/http.js';
import { AGENT } from './database.js';
import { ROOT, settings } from './settings.js';

/** Limits are kept and counted, but nothing here shall meet one. All else is the default. */
export const SERVICE_SETTINGS = {
    limit_token: 100000000,
    limit_address: 100000000,
    limit_auth: 100000000,
    limit_failures: 100000000,
};

const START_MS = 20000;
const running = new Set();

process.on('exit', () => running.forEach((child) => child.kill('SIGKILL')));
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'])
    process.on(signal, () => process.exit(1));

function freePort() {
    return new Promise((done, failed) => {
        const server = createServer();

        server.on('error', failed);
        server.listen(0, '127.0.0.1', () => {
            const { port } = server.address();

            server.close(() => done(port));
        });
    });
}

const environment = (given) => ({
    ...Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^(AFTERSALES_|DATABASE_URL$|PG)/.test(name))),
    ...Object.fromEntries(Object.entries(given).map(([name, value]) => [`AFTERSALES_${name.toUpperCase()}`, String(value)])),
});

export class Service {
    static async start(databaseUrl, extra = {}) {
        const service = new Service();

        service.port = await freePort();
        service.origin = `http://127.0.0.1:${service.port}`;
        service.log = join(settings.folder, 'aftersalesd.log');
        const log = openSync(service.log, 'a');
        const began = performance.now();

        service.child = spawn(settings.program, ['serve'], {
            cwd: ROOT,
            stdio: ['ignore', log, log],
            env: environment({
                secret: randomBytes(32).toString('hex'),
                static_folder: join(ROOT, 'build/static'),
                public_origin: service.origin,
                port: service.port,
                metrics_port: await freePort(),
                database_url: databaseUrl,
                ...SERVICE_SETTINGS,
                ...extra,
            }),
        });
        closeSync(log);
        running.add(service.child);
        service.ended = new Promise((done) => service.child.on('close', done));
        service.ended.then(() => running.delete(service.child));
        await service.answers();
        service.startMs = performance.now() - began;
        return service;
    }

    get pid() {
        return this.child.pid;
    }

    /** Wait for the first 200, asking all the time. */
    async answers() {
        for (const end = Date.now() + START_MS; Date.now() < end; await sleep(1)) {
            const answer = await exchange(this.origin, 'GET', '/readyz').catch(() => null);

            if (answer?.status === 200)
                return;
            if (this.child.exitCode !== null)
                break;
        }
        throw new Error(`The service did not start:\n${readFileSync(this.log, 'utf8').slice(-2000)}`);
    }

    signIn() {
        return exchange(this.origin, 'POST', '/api/v1/sessions', {
            headers: { 'content-type': 'application/json' }, body: JSON.stringify(AGENT),
        });
    }

    async token() {
        const { status, bytes } = await this.signIn();

        if (status !== 201)
            throw new Error(`Signing in was answered ${status}: ${bytes}`);
        return JSON.parse(bytes).token;
    }

    async get(path, token) {
        const headers = token ? { authorization: `Bearer ${token}` } : {};
        const answer = await exchange(this.origin, 'GET', path, { headers });

        if (answer.status !== 200)
            throw new Error(`GET ${path} was answered ${answer.status}: ${answer.bytes}`);
        return { ...answer, body: JSON.parse(answer.bytes) };
    }

    /** Open so many connections and keep them, after one request on each. */
    async hold(count) {
        const agent = new Agent({ keepAlive: true, maxSockets: count, maxFreeSockets: count });
        const asked = Array.from({ length: count }, () => exchange(this.origin, 'GET', '/healthz', { agent }));

        for (const { status } of await Promise.all(asked))
            if (status !== 200)
                throw new Error(`One of ${count} connections was answered ${status}.`);
        return agent;
    }

    /** The log of a cell is of no use after it, and grows by the request. */
    forgetLog() {
        truncateSync(this.log);
    }

    async stop() {
        this.child.kill('SIGTERM');
        if (await this.ended !== 0)
            throw new Error(`The service did not end well:\n${readFileSync(this.log, 'utf8').slice(-2000)}`);
    }
}
