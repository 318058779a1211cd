// What a run is told from outside, and where things lie.

import { cpus, totalmem } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

export const HERE = dirname(fileURLToPath(import.meta.url));
export const ROOT = resolve(HERE, '../..');

const number = (name, fallback) => {
    const value = Number(process.env[name] ?? fallback);

    if (!(value > 0))
        throw new Error(`${name} must be a number above 0, not "${process.env[name]}".`);
    return value;
};

/** A part of the run, or one on a smaller database, is not what the page is about. */
const isWhole = ['UNITS', 'RETURNS', 'HISTORY', 'ROWS', 'ROUNDS', 'SECONDS', 'ONLY'].every((name) => !process.env[`BENCH_${name}`]);

export const settings = {
    units: number('BENCH_UNITS', 1000000),
    returns: number('BENCH_RETURNS', 100000),
    rounds: number('BENCH_ROUNDS', 5),
    seconds: number('BENCH_SECONDS', 2),
    historyUnits: number('BENCH_HISTORY', 10000000),
    importRows: number('BENCH_ROWS', 300000),
    folder: resolve(ROOT, process.env.BENCH_FOLDER ?? 'build/bench'),
    only: process.env.BENCH_ONLY?.split(/[ ,]+/).filter(Boolean),
    note: process.env.BENCH_NOTE,
    save: process.env.BENCH_SAVE ? process.env.BENCH_SAVE !== '0' : isWhole,
    postgres: process.env.BENCH_POSTGRES ?? '',
    program: resolve(ROOT, process.env.AFTERSALESD ?? 'build/aftersalesd'),
    cores: cpus().length,
    /** A quarter of the memory, two gigabytes at most. */
    sharedBuffersMb: Math.min(2048, Math.floor(totalmem() / 4 / 1048576)),
};

export const QUERIES = join(ROOT, 'build/queries.sql');
export const LOAD_LUA = join(HERE, 'load.lua');
