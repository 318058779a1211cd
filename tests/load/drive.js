// The two sources of load: wrk on the service, pgbench on the database.

import { spawn } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { LOAD_LUA, settings } from './settings.js';

export const WRK_CONNECTIONS = 64;

/** Sessions of pgbench are like those of the daemon (io/db_link.c) in what changes the pace. */
export const SESSION = '-c jit=off -c plan_cache_mode=force_generic_plan';

/** So long a program may take to begin and to end; after that it hangs. */
const GRACE_SECONDS = 30;

/** Run a program for so many seconds; its output, or an error that holds it. */
function run(program, seconds, args, environment = {}) {
    return new Promise((resolve, reject) => {
        const child = spawn(program, args, {
            stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, ...environment },
            timeout: (seconds + GRACE_SECONDS) * 1000, killSignal: 'SIGKILL',
        });
        let output = '';

        for (const stream of [child.stdout, child.stderr])
            stream.on('data', (piece) => output += piece);
        child.on('error', reject);
        child.on('close', (code, signal) => code === 0 ? resolve(output)
            : reject(new Error(`${basename(program)}: ${signal ? `error: ended by ${signal}` : `exit ${code}`}\n${output}`)));
    });
}

/** A cell draws its keys from its own million of the numbers of nine digits. */
const ROOM = 1000000;
const CELLS_MAX = 899;

let cellsBegun = 0;

/** The first number of the next cell. Never one twice: its keys and serials would be taken already. */
function nextBase() {
    if (++cellsBegun > CELLS_MAX)
        throw new Error(`The numbers are used up: ${CELLS_MAX} cells are the most in one run, so ask for fewer rounds.`);
    return 100000000 + (cellsBegun - 1) * ROOM;
}

/** wrk with 64 kept connections: { rate, requests, p50, p99, max, errors }. */
export async function wrk({ origin, kind, token, facts, seconds = settings.seconds }) {
    const output = await run('wrk', seconds, [
        '-t1', `-c${WRK_CONNECTIONS}`, `-d${seconds}s`, '--timeout', '10s', '-s', LOAD_LUA, origin, '--',
        kind, token, String(facts.returns), facts.products.join(','), facts.country, `W${process.pid}-${nextBase()}`,
    ]);
    const found = /^\{.*\}$/m.exec(output);

    if (!found)
        throw new Error(`wrk said nothing of its results:\n${output}`);
    const { requests, us, ...rest } = JSON.parse(found[0]);

    return { rate: requests / us * 1e6, requests, ...rest };
}

/** One pgbench transaction after another: { rate, requests, errors }. `times` queries in each. */
export async function pgbench({ url, script, times = 1, clients, variables = {}, seconds = settings.seconds }) {
    const folder = join(settings.folder, 'pgbench');
    const parts = [].concat(script);
    const files = parts.flatMap(({ name, text, weight = 1 }) => {
        const file = join(folder, `${name}.sql`);

        mkdirSync(folder, { recursive: true });
        writeFileSync(file, text);
        return ['-f', `${file}@${weight}`];
    });
    const given = Object.entries({ ...variables, base: nextBase(), clients }).flatMap(([name, value]) => ['-D', `${name}=${value}`]);
    const output = await run(join(settings.postgres, 'pgbench'), seconds, [
        '-n', '-M', 'prepared', '-c', String(clients), '-j', String(Math.min(clients, settings.cores)),
        '-T', String(seconds), ...given, ...files, url,
    ], { PGOPTIONS: SESSION });
    const number = (pattern) => Number(pattern.exec(output)?.[1] ?? NaN);

    return {
        rate: times * number(/^tps = ([\d.]+)/m),
        requests: times * number(/^number of transactions actually processed: (\d+)/m),
        errors: number(/^number of failed transactions: (\d+)/m) || 0,
        clients,
    };
}
