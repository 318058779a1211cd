// The big database: made once, kept, and copied afresh for every run.

import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { RENUMBER } from './identity.js';
import { ROOT, settings } from './settings.js';

const LOADED = 'loaded';
const COPY = 'measured';

/** PostgreSQL's settings; what is not listed is its own default, durability included. */
export const SERVER_SETTINGS = {
    shared_buffers: `${settings.sharedBuffersMb}MB`,
    max_connections: '100',
    jit: 'off',
    random_page_cost: '1.1',
    wal_compression: 'on',
    synchronous_commit: 'on',
    fsync: 'on',
    // No checkpoint in the middle of a cell: one is made before the first.
    max_wal_size: '8GB',
    checkpoint_timeout: '1h',
};

/** Start, stop or ask the cluster of the measurements. */
export function cluster(command) {
    const done = spawnSync(join(ROOT, 'server/setup/cluster.sh'), [command], {
        env: { ...process.env, AFTERSALES_DATA: settings.folder },
        // The server would keep a pipe open after the script has gone.
        stdio: ['ignore', command === 'url' ? 'pipe' : 'inherit', 'inherit'],
        encoding: 'utf8',
    });

    if (done.status !== 0)
        throw new Error(`server/setup/cluster.sh ${command} failed.`);
    return done.stdout?.trim();
}

export const url = (database, user = 'aftersales') => cluster('url')
    .replace('///aftersales', `///${database}`)
    .replace('user=aftersales', `user=${user}`);

/** "Does not exist, skipping" is no news. */
const QUIET = { ...process.env, PGOPTIONS: '-c client_min_messages=warning' };

/** Run SQL as the cluster's owner; the rows as text, columns separated by a bar. */
export function sql(database, text, args = []) {
    return execFileSync(join(settings.postgres, 'psql'),
                        ['-XAtq', '-v', 'ON_ERROR_STOP=1', ...args, '-d', url(database, 'postgres')],
                        { input: text, encoding: 'utf8', maxBuffer: 64 << 20, cwd: ROOT, env: QUIET }).trimEnd();
}

/** Run a subcommand of the program on a database. */
export function program(database, args, input = '') {
    const done = spawnSync(settings.program, args, {
        input, encoding: 'utf8', cwd: ROOT, env: { ...process.env, AFTERSALES_DATABASE_URL: url(database) },
    });

    if (done.status !== 0)
        throw new Error(`aftersalesd ${args[0]}: exit ${done.status ?? done.signal}\n${done.stderr}`);
}

/** Restart the cluster with the settings above. */
export function configure() {
    const wanted = Object.entries(SERVER_SETTINGS);

    sql('postgres', wanted.map(([name, value]) => `ALTER SYSTEM SET ${name} = '${value}';`).join('\n'));
    cluster('stop');
    cluster('start');
}

/** What the data follow from: another schema, seed or size is another database. */
function fingerprint() {
    const hash = createHash('sha256');

    for (const folder of ['sql/migration', 'sql/function', 'sql/seed', 'tests/load'])
        for (const name of readdirSync(join(ROOT, folder)).sort())
            if (/\.sql$|^database\.js$|^identity\.js$/.test(name))
                hash.update(readFileSync(join(ROOT, folder, name)));
    return `${settings.units} ${settings.returns} ${hash.digest('hex')}`;
}

const loadedFingerprint = () => sql('postgres', `
SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = '${LOADED}'`);

/** The people who sign in. */
export const AGENT = { email: 'load@maker.example', password: 'load and measure 42' };

function load() {
    const began = Date.now();
    const making = `making_${LOADED}`;

    console.log(`Loading ${settings.units} units and ${settings.returns} returns; this is done once.`);
    sql('postgres', `DROP DATABASE IF EXISTS ${making};
CREATE DATABASE ${making} OWNER aftersales;`);
    program(making, ['migrate']);
    execFileSync(join(settings.postgres, 'psql'), [
        '-Xq1', '-v', 'ON_ERROR_STOP=1', '-v', `units=${settings.units}`, '-v', `returns=${settings.returns}`,
        '-f', join(ROOT, 'sql/seed/load.sql'), '-d', url(making),
    ], { stdio: ['ignore', 'ignore', 'inherit'], cwd: ROOT });
    sql(making, RENUMBER);
    sql(making, 'VACUUM (FULL) return;');
    sql(making, 'VACUUM (ANALYZE);');
    program(making, ['user', 'add', AGENT.email, 'agent', 'Lena Load'], `${AGENT.password}\n`);
    sql('postgres', `DROP DATABASE IF EXISTS ${LOADED};
ALTER DATABASE ${making} RENAME TO ${LOADED};
COMMENT ON DATABASE ${LOADED} IS '${fingerprint()}';`);
    console.log(`Loaded in ${((Date.now() - began) / 1000).toFixed(1)} s.`);
}

/** What both sides draw from: all returns, sixteen products, a country with partners. */
function facts() {
    const [returns, products, country] = sql(COPY, `
SELECT (SELECT count(*) FROM return),
       (SELECT string_agg(public_id, ',')
          FROM (SELECT public_id FROM product WHERE listed ORDER BY public_id LIMIT 16) AS chosen),
       (SELECT country FROM partner_coverage GROUP BY country ORDER BY count(*) DESC, country LIMIT 1)`).split('|');

    return { returns: Number(returns), products: products.split(','), country };
}

export class Database {
    /** Start the cluster, load it if need be, and make this run's copy. */
    static open() {
        mkdirSync(settings.folder, { recursive: true });
        process.on('exit', () => cluster('stop')); // however this ends
        cluster('start');
        configure();
        if (loadedFingerprint() !== fingerprint())
            load();
        sql('postgres', `DROP DATABASE IF EXISTS ${COPY} WITH (FORCE);
CREATE DATABASE ${COPY} TEMPLATE ${LOADED} OWNER aftersales STRATEGY file_copy;
CHECKPOINT;`);
        return new Database();
    }

    constructor() {
        this.url = url(COPY);
        this.facts = facts();
        this.version = sql(COPY, 'SHOW server_version');
        this.postmaster = Number(
            sql(COPY, `SELECT split_part(pg_read_file('postmaster.pid'), E'\\n', 1)`));
    }

    sql(text) {
        return sql(COPY, text);
    }
}
