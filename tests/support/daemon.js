// Starts the daemon against a fresh copy of a prepared database, and ends it.

import { spawn, spawnSync } from 'node:child_process';
import { appendFileSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { dirname, join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { ACCOUNTS } from './accounts.js';
import { Client } from './client.js';
import { Cluster } from './cluster.js';
import { exchange } from './http.js';

export const ROOT = resolve(dirname(fileURLToPath(import.meta.url)), '../..');
export const BUILD = resolve(ROOT, 'build');
export const BINARY = resolve(ROOT, process.env.AFTERSALESD
    ?? join(process.env.BUILD_DIR ?? 'build', 'aftersalesd'));
const START_MS = 30000;
const SECRET = 'a secret for tests only, long enough to be accepted';

/** Small and quick, and no quota in the way; a test that is about one of these sets it. */
const SETTINGS = {
    secret: SECRET,
    loops: 1,
    read_connections: 2,
    write_connections: 4,
    slow_connections: 1,
    limit_address: 1000000,
    limit_token: 1000000,
    limit_auth: 1000000,
    limit_failures: 1000000,
    flag_seconds: 86400,
};

let cluster;
let databases = 0;

const running = new Set();

// A test file that dies must not leave daemons behind.
process.on('exit', () => running.forEach((child) => child.kill('SIGKILL')));

/** The cluster of this test run, or one of this process's own. */
export function testCluster() {
    if (!cluster && process.env.TEST_CLUSTER) {
        cluster = new Cluster(process.env.TEST_CLUSTER);
    } else if (!cluster) {
        cluster = Cluster.create();
        process.on('exit', () => cluster.remove());
    }
    return cluster;
}

/** The environment of a process with these settings, and none of ours. */
export function environment(settings) {
    const kept = Object.entries(process.env).filter(([name]) => !/^(AFTERSALES_|DATABASE_URL$|PG)/.test(name));
    const given = Object.entries({ ...SETTINGS, ...settings })
        .map(([name, value]) => [`AFTERSALES_${name.toUpperCase()}`, String(value)]);

    return Object.fromEntries([...kept, ...given]);
}

/** Run a subcommand to its end; throws with what it said unless `check` is false. */
export function command(args, { database_url, settings = {}, input = '', check = true }) {
    const done = spawnSync(BINARY, args, {
        env: environment({ ...settings, database_url }), input, encoding: 'utf8', cwd: ROOT,
    });

    if (done.error)
        throw new Error(`${BINARY} cannot be run (${done.error.code}): make build`);
    if (check && done.status !== 0)
        throw new Error(`aftersalesd ${args.join(' ')}: exit ${done.status ?? done.signal}\n${done.stderr}`);
    return done;
}

const WORLDS = {
    empty: async () => {},
    demo: async (from, name) => command(['demo'], { database_url: from.url(name) }),
    small: async (from, name) => {
        await from.sql(name, readFileSync(new URL('./world.sql', import.meta.url), 'utf8'));
        for (const { email, password, role, name: person, partner } of Object.values(ACCOUNTS))
            command(['user', 'add', email, role, person, ...(partner ? [partner] : [])],
                    { database_url: from.url(name), input: `${password}\n` });
    },
};

/** A database that others are copied from; made when first asked for. */
async function template(world, from) {
    const name = world === 'none' ? 'template1' : `world_${world}`;

    if (await from.hasDatabase(name))
        return name;
    await from.sql('postgres', `DROP DATABASE IF EXISTS making_${name}`);
    await from.sql('postgres', `CREATE DATABASE making_${name}`);
    command(['migrate'], { database_url: from.url(`making_${name}`) });
    await WORLDS[world](from, `making_${name}`);
    await from.sql('postgres', `ALTER DATABASE making_${name} RENAME TO ${name}`);
    return name;
}

/** A fresh database of a world: 'small' (world.sql), 'demo', 'empty' (schema only) or 'none'. */
export async function freshDatabase(world = 'small', from = testCluster()) {
    const name = `test_${process.pid}_${++databases}`;

    await from.sql('postgres', `CREATE DATABASE ${name} TEMPLATE ${await template(world, from)}`);
    return name;
}

export function freePort() {
    return new Promise((done, failed) => {
        const server = createServer();

        server.on('error', failed);
        server.listen(0, '127.0.0.1', () => {
            const { port } = server.address();

            server.close(() => done(port));
        });
    });
}

/** The daemon, running. Client's methods talk to it. */
export class Daemon extends Client {
    constructor(options) {
        super(`http://127.0.0.1:${options.port}`);
        Object.assign(this, options);
        this.metricsOrigin = `http://127.0.0.1:${options.metricsPort}`;
        this.logs = '';
    }

    async launch() {
        mkdirSync(join(BUILD, 'logs'), { recursive: true });
        this.exited = null;
        this.child = spawn(BINARY, ['serve'], {
            cwd: ROOT,
            stdio: ['ignore', 'pipe', 'pipe'],
            env: environment({
                public_origin: this.origin,
                static_folder: join(BUILD, 'static'),
                ...this.settings,
                port: this.port,
                metrics_port: this.metricsPort,
                database_url: this.cluster.url(this.database),
            }),
        });
        this.pid = this.child.pid;
        running.add(this.child);
        for (const stream of [this.child.stdout, this.child.stderr])
            stream.on('data', (piece) => this.keepLog(piece));
        this.ended = new Promise((done) => {
            this.child.on('error', (error) => done(this.exited = { code: null, signal: null, error }));
            this.child.on('close', (code, signal) => done(this.exited = { code, signal }));
        });
        await this.ready();
        return this;
    }

    keepLog(piece) {
        this.logs += piece;
        appendFileSync(join(BUILD, 'logs', `${this.database}.log`), piece);
    }

    /** Wait until it says that it can serve. */
    async ready(within = START_MS) {
        for (const end = Date.now() + within; Date.now() < end; await sleep(20)) {
            if (this.exited)
                throw new Error(`the daemon did not start: ${JSON.stringify(this.exited)}\n${this.logs.slice(-2000)}`);
            const answer = await exchange(this.origin, 'GET', '/readyz', { timeout: 2000 }).catch(() => null);

            if (answer?.status === 200)
                return;
        }
        throw new Error(`the daemon was not ready within ${within} ms\n${this.logs.slice(-2000)}`);
    }

    /** Ask it to end and wait for that. Anything but a clean exit is an error (a sanitizer's too). */
    async stop() {
        if (!this.exited)
            this.child.kill('SIGTERM');
        const late = setTimeout(() => this.child.kill('SIGKILL'), 20000);
        const { code, signal } = await this.ended;

        clearTimeout(late);
        this.agent.destroy();
        if (code !== 0 && !this.killed)
            throw new Error(`the daemon ended with ${signal ?? `code ${code}`}\n${this.logs.slice(-3000)}`);
    }

    async kill9() {
        this.killed = true;
        this.child.kill('SIGKILL');
        await this.ended;
        this.agent.destroy();
    }

    /** Start it again on the same port and database. */
    async restart() {
        this.killed = false;
        await this.launch();
    }

    sql(text) {
        return this.cluster.sql(this.database, text);
    }

    /** Wait until the clock has folded all that is posted. */
    async folded(within = START_MS) {
        for (const end = Date.now() + within; Date.now() < end; await sleep(50))
            if (await this.sql('SELECT count(*) FROM posting WHERE version IS NULL') === '0')
                return;
        throw new Error(`postings still wait after ${within} ms`);
    }

    /** Run another subcommand on the same database. */
    run(args, options = {}) {
        return command(args, { database_url: this.cluster.url(this.database), settings: this.settings, ...options });
    }
}

/** Start a daemon on a database of its own; `database` given: on that one. */
export async function startDaemon({ settings = {}, world = 'small', from = testCluster(), database } = {}) {
    if (!existsSync(BINARY))
        throw new Error(`${BINARY} is not there: make build`);
    const daemon = new Daemon({
        settings,
        cluster: from,
        database: database ?? await freshDatabase(world, from),
        port: await freePort(),
        metricsPort: await freePort(),
    });

    return daemon.launch();
}
