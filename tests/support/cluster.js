// A throw-away PostgreSQL: in a temporary folder, on a Unix socket only, gone at the end.

import { execFile, spawn, spawnSync } from 'node:child_process';
import { chmodSync, chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const OLDEST = 15;
const AS_ROOT = process.getuid() === 0;
const SETTINGS = {
    listen_addresses: '',
    fsync: 'off', // a killed process loses nothing by that, only a killed machine does
    max_connections: '120',
    shared_buffers: '64MB',
    timezone: 'Asia/Shanghai', // not UTC, so that whoever forgets the zone is found out
    log_min_messages: 'fatal',
};

/** The folder of PostgreSQL's programs, the highest version there is. */
function programs() {
    const root = '/usr/lib/postgresql';
    const versions = (existsSync(root) ? readdirSync(root) : [])
        .filter((name) => existsSync(join(root, name, 'bin/initdb')))
        .map(Number)
        .sort((a, b) => b - a);

    if (versions.length && versions[0] >= OLDEST)
        return join(root, String(versions[0]), 'bin');
    throw new Error(`PostgreSQL ${OLDEST} or later is needed: apt-get install postgresql`);
}

/** PostgreSQL refuses to run as root: its programs then run as its own user. */
function asPostgres(program, args) {
    return AS_ROOT ? ['runuser', ['-u', 'postgres', '--', program, ...args]] : [program, args];
}

function run(program, args) {
    const [command, rest] = asPostgres(program, args);
    // No pipe: the server would inherit it and keep it open after pg_ctl is gone.
    const done = spawnSync(command, rest, { stdio: 'ignore', cwd: '/' });

    if (done.status !== 0)
        throw new Error(`${program} ${args.join(' ')}: exit ${done.status}`);
}

function postgresIds() {
    const id = (flag) => Number(spawnSync('id', [flag, 'postgres']).stdout.toString());

    return [id('-u'), id('-g')];
}

export class Cluster {
    constructor(folder) {
        this.folder = folder;
        this.data = join(folder, 'data');
    }

    static create() {
        const folder = mkdtempSync(join(tmpdir(), 'aftersales-pg-'));
        const cluster = new Cluster(folder);

        chmodSync(folder, 0o755);
        if (AS_ROOT)
            chownSync(folder, ...postgresIds());
        run(join(programs(), 'initdb'), [
            '-D', cluster.data, '-U', 'postgres', '-A', 'trust', '-E', 'UTF8',
            '--locale=C.UTF-8', '-k', '-N',
        ]);
        cluster.start();
        return cluster;
    }

    start(settings = {}) {
        const options = Object.entries({ ...SETTINGS, unix_socket_directories: this.folder, ...settings })
            .map(([name, value]) => `-c ${name}='${value}'`);

        run(join(programs(), 'pg_ctl'), [
            '-D', this.data, '-w', '-t', '30', '-l', join(this.data, 'log'), '-o', options.join(' '), 'start',
        ]);
    }

    stop(mode = 'fast') {
        run(join(programs(), 'pg_ctl'), ['-D', this.data, '-w', '-m', mode, 'stop']);
    }

    /** Kill the postmaster as a power cut would; its children notice and go. */
    crash() {
        process.kill(this.pid, 'SIGKILL');
    }

    /** Start after a crash: the dead server's memory must be given back first. */
    async recover(within = 10000) {
        for (const end = Date.now() + within; ; await sleep(100)) {
            try {
                return this.start();
            } catch (error) {
                if (Date.now() > end)
                    throw error;
            }
        }
    }

    /** Process id of the postmaster, from its lock file. */
    get pid() {
        const [command, args] = asPostgres('head', ['-n', '1', join(this.data, 'postmaster.pid')]);

        return Number(spawnSync(command, args).stdout.toString());
    }

    remove() {
        try {
            this.stop('immediate');
        } catch {
            // It is down already: a test stopped it.
        }
        rmSync(this.folder, { recursive: true, force: true });
    }

    /** libpq's connection string of a database in here. */
    url(database) {
        return `host=${this.folder} user=postgres dbname=${database}`;
    }

    /** Run SQL text in `database`; the rows as text, columns separated by a bar. */
    sql(database, text) {
        return new Promise((resolve, reject) => {
            const child = execFile('psql', [
                '-XAtq', '-v', 'ON_ERROR_STOP=1', '-d', this.url(database), '-f', '-',
            ], { maxBuffer: 64 << 20 }, (error, stdout, stderr) =>
                error ? reject(new Error(`${stderr}\n${text.slice(0, 400)}`)) : resolve(stdout.trimEnd()));

            child.stdin.on('error', () => {}); // psql gone before it read everything: it says why
            child.stdin.end(text);
        });
    }

    /** Lock tables against everybody; the returned function lets go. */
    async lock(database, tables) {
        const holder = spawn('psql', ['-XAtq', '-d', this.url(database)], { stdio: ['pipe', 'pipe', 'ignore'] });

        holder.stdin.write(`BEGIN; LOCK TABLE ${tables}; SELECT 'locked';\n`);
        await new Promise((done) => holder.stdout.once('data', done));
        return () => new Promise((done) => {
            holder.on('close', done);
            holder.stdin.end('ROLLBACK;\n');
        });
    }

    /** Wait until somebody waits for a lock in there. */
    async blocked(database) {
        const waiting = `SELECT count(*) FROM pg_locks JOIN pg_database ON pg_database.oid = database
                          WHERE NOT granted AND datname = '${database}'`;

        for (const end = Date.now() + 5000; await this.sql('postgres', waiting) === '0'; await sleep(10))
            if (Date.now() > end)
                throw new Error('nobody waits for a lock');
    }

    async hasDatabase(name) {
        return (await this.sql('postgres', `SELECT 1 FROM pg_database WHERE datname = '${name}'`)) === '1';
    }
}
