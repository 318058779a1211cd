// What is measured: each kind of request, by the service and by pgbench.

import { PIPELINED } from './script.js';
import { pgbench, wrk } from './drive.js';
import { reasonOf } from './measure.js';
import { settings } from './settings.js';

export const KINDS = ['get', 'list', 'rates', 'post', 'mixed'];
export const CLIENT_COUNTS = [1, 2, 4, 8, 16];

const LOGINS_A_SECOND = 4;

/**
 * Sign in at a steady pace until told to stop; then how many were asked for and
 * failed, how many were answered before that moment, and how long each took.
 * Those that come later count as slow, but not as answered: a service that lets
 * sign-ins wait for the end of the load would look as if they cost nothing.
 */
function signInSteadily(service) {
    const waiting = [];
    const took = [];
    let failed = 0;
    const ask = () => waiting.push(service.signIn().then(
        ({ status, ms }) => status === 201 ? took.push(ms) : failed++,
        () => failed++));
    const timer = setInterval(ask, 1000 / LOGINS_A_SECOND);

    ask();
    return async () => {
        const answered = took.length;

        clearInterval(timer);
        await Promise.all(waiting);
        return { asked: waiting.length, answered, failed, took };
    };
}

async function getWithLogins(world) {
    const stop = signInSteadily(world.service);
    const result = await wrk({ ...world, kind: 'get' });
    const { asked, answered, failed, took } = await stop();

    return {
        ...result, errors: result.errors + failed, loginMs: Math.max(...took), loginsAnswered: answered / asked,
    };
}

const onPgbench = (world, script, clients, more = {}) => () => pgbench({ ...world, script, clients, ...more });

/** Cells by name; `best` tells the client count that suits each kind. */
export function cells(world, best) {
    const { scripts } = world;
    const all = {};

    for (const kind of KINDS) {
        // Next to the cell without, whichever way the round goes: the two are compared.
        if (kind === 'get')
            all.get_logins = () => getWithLogins(world);
        all[kind] = () => wrk({ ...world, kind });
        all[`${kind}_best`] = onPgbench(world, scripts[kind], best[kind]);
    }
    for (const kind of ['get', 'list', 'rates'])
        if (best[kind] !== 4)
            all[`${kind}_c4`] = onPgbench(world, scripts[kind], 4);
    all.get_pipelined = onPgbench(world, scripts.get_pipelined, 2, { times: PIPELINED });
    all.post_pipelined = onPgbench(world, scripts.post_pipelined, best.post);
    return Object.fromEntries(Object.entries(all).filter(([name]) => isWanted(name)));
}

export const isWanted = (name) => !settings.only || settings.only.includes(name.split('_')[0]);

const TRIES = 2;

/** The client count at which pgbench does most of each kind: the best of two seconds each, far apart. */
export async function bestClients(world) {
    const best = {};

    for (const kind of KINDS.filter(isWanted)) {
        const rates = CLIENT_COUNTS.map(() => 0);

        for (let tries = 0; tries < TRIES; tries++)
            for (const [i, clients] of CLIENT_COUNTS.entries())
                rates[i] = Math.max(rates[i], await pace(world, kind, clients));
        best[kind] = CLIENT_COUNTS[rates.indexOf(Math.max(...rates))];
        console.log(`pgbench ${kind}: ${CLIENT_COUNTS.map((count, i) => `c${count} ${Math.round(rates[i])}/s`).join(', ')}`);
    }
    return best;
}

/** What pgbench does in a second; nothing if it fails: the rounds then tell of it. */
async function pace(world, kind, clients) {
    try {
        return (await pgbench({ ...world, script: world.scripts[kind], clients, seconds: 1 })).rate || 0;
    } catch (error) {
        console.log(`pgbench ${kind} c${clients}: ${reasonOf(error.message)}`);
        return 0;
    }
}

/** A second of every kind whose figures nobody keeps: the first requests fill caches. */
export async function warmUp(world) {
    for (const kind of KINDS.filter(isWanted))
        await wrk({ ...world, kind, seconds: 1 }).catch(() => null); // the rounds tell of it
}
