// The rounds: every cell once in each, in the other order every other round.

import { basename } from 'node:path';
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

/** The share of all processors that none of ours had: below zero is only rounding. */
const othersOf = (before, after) => Math.max(0,
    (after.busy - before.busy - (after.ours - before.ours)) / ((after.wall - before.wall) * settings.cores));

/** Run one cell, with what it cost in milliseconds of processor a thousand requests. */
async function measure(name, run, { service, postmaster }) {
    forgetPeak(service.pid);
    const before = times(service.pid, postmaster);
    const result = await run().catch((error) => ({ rate: NaN, errors: NaN, failure: error.message }));

    await sleep(SETTLE_MS);
    const after = times(service.pid, postmaster);
    const cost = (part) => (after[part] - before[part]) / result.requests * 1000;

    service.forgetLog();
    return {
        ...result, name, service: cost('service'), postgres: cost('postgres'), generator: cost('generator'),
        peakMb: peakRssMb(service.pid), others: othersOf(before, after),
    };
}

/** Above this share, somebody else's work shows in the figures. At rest it is about 0.01. */
export const OTHERS_MAX = 0.05;

/**
 * The calmest of some tries, more than one only if others worked meanwhile. What
 * was measured has no say in which of them counts, and an error always counts.
 */
async function calmest(name, run, world, tries) {
    let kept = await measure(name, run, world);

    for (let i = 1; i < tries && kept.others > OTHERS_MAX && !trouble([kept]); i++) {
        const again = await measure(name, run, world);

        if (trouble([again]) || again.others < kept.others)
            kept = again;
    }
    return kept;
}

/** Results by cell, one a round: { get: [{ rate, ... }, ...], ... }. */
export async function rounds(cells, world, tries = 1) {
    const names = Object.keys(cells);
    const results = Object.fromEntries(names.map((name) => [name, []]));

    for (let round = 0; round < settings.rounds; round++) {
        for (const name of round % 2 ? [...names].reverse() : names)
            results[name].push(await calmest(name, cells[name], world, tries));
        console.log(`round ${round + 1} of ${settings.rounds}: ${names.map((name) =>
            `${name} ${trouble([results[name].at(-1)]) ?? Math.round(results[name].at(-1).rate)}`).join(', ')}`);
    }
    return results;
}

const REASON_MAX = 400;

/** The lines of a program's output that tell why it failed, in one, without a path of this machine. */
export function reasonOf(output) {
    const said = output.trim().split(/\s*\n\s*/);
    const telling = said.filter((line) => /error|fatal|detail/i.test(line));

    return [...new Set(telling.length ? telling : said)].join('; ')
        .replace(/(?<![\w<])\/[\w.+-]+(\/[\w.+-]+)+/g, (path) => basename(path))
        .replaceAll('|', '/').slice(0, REASON_MAX);
}

/** What went wrong in a cell, in one line; undefined if nothing did. */
export function trouble(results) {
    const failed = results.find(({ failure }) => failure);
    const errors = results.reduce((sum, { errors }) => sum + errors, 0);

    if (failed)
        return reasonOf(failed.failure);
    return errors ? `${errors} of ${results.reduce((sum, { requests }) => sum + requests, 0)} requests failed` : undefined;
}

/** The share of the processors that others had, over all cells. */
export const othersShare = (results) => {
    const shares = Object.values(results).flat().map(({ others }) => others);

    return shares.reduce((sum, share) => sum + share, 0) / shares.length;
};

/** Median over the rounds of one member, or of the ratio of two cells in the same round. */
export const medianOf = (results, member) => median(results.map((result) => result[member]));
const ratios = (results, others, member) => results.map((result, round) => result[member] / others[round][member]);
export const ratio = (results, others, member = 'rate') => median(ratios(results, others, member));
export const spread = (results, others, member = 'rate') => {
    const all = ratios(results, others, member);

    return [Math.min(...all), Math.max(...all)];
};
