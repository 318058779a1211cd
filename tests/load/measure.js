// The rounds: every cell once in each, in the other order every other round.

import { setTimeout as sleep } from 'node:timers/promises';
import { forgetPeak, peakRssMb, times } from './process.js';
import { settings } from './settings.js';

export function median(numbers) {
    const sorted = numbers.filter((number) => !Number.isNaN(number)).sort((a, b) => a - b);
    const middle = sorted.length >> 1;

    return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** The backends of a pgbench that has ended take a moment to end too. */
const SETTLE_MS = 150;

/** Run one cell, with what it cost in milliseconds of processor a thousand requests. */
async function measure(name, run, { service, postmaster }) {
    forgetPeak(service.pid);
    const before = times(service.pid, postmaster);
    const result = await run().catch((error) => ({ rate: NaN, errors: NaN, failure: error.message }));

    await sleep(SETTLE_MS);
    const after = times(service.pid, postmaster);
    const cost = (part) => (after[part] - before[part]) / result.requests * 1000;

    service.forgetLog();
    return { ...result, name, service: cost('service'), postgres: cost('postgres'), peakMb: peakRssMb(service.pid) };
}

/** Results by cell, one a round: { get: [{ rate, ... }, ...], ... }. */
export async function rounds(cells, world) {
    const names = Object.keys(cells);
    const results = Object.fromEntries(names.map((name) => [name, []]));

    for (let round = 0; round < settings.rounds; round++) {
        for (const name of round % 2 ? [...names].reverse() : names)
            results[name].push(await measure(name, cells[name], world));
        console.log(`round ${round + 1} of ${settings.rounds}: ${names.map((name) =>
            `${name} ${Math.round(results[name].at(-1).rate)}`).join(', ')}`);
    }
    return results;
}

/** What went wrong in a cell, in one line; undefined if nothing did. */
export function trouble(results) {
    const failed = results.find(({ failure }) => failure);
    const errors = results.reduce((sum, { errors }) => sum + errors, 0);

    if (failed)
        return failed.failure.trim().replace(/\s*\n\s*/g, ' | ').slice(-600);
    return errors ? `${errors} of ${results.reduce((sum, { requests }) => sum + requests, 0)} requests failed` : undefined;
}

/** Median over the rounds of one member, or of a ratio of two cells' rates. */
export const medianOf = (results, member) => median(results.map((result) => result[member]));
export const ratio = (results, others) => median(results.map(({ rate }, round) => rate / others[round].rate));
export const spread = (results, others) => {
    const ratios = results.map(({ rate }, round) => rate / others[round].rate);

    return [Math.min(...ratios), Math.max(...ratios)];
};
