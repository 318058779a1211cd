// What processes cost, from /proc: processor time and memory.

import { readFileSync, readdirSync, writeFileSync } from 'node:fs';

const TICK_MS = 10; // USER_HZ is 100 for user space, on every Linux

const read = (path) => {
    try {
        return readFileSync(path, 'utf8');
    } catch {
        return null; // it ended in this very moment
    }
};

const sum = (numbers) => numbers.reduce((total, number) => total + number, 0);

/** The fields of /proc/<pid>/stat after the name, which may hold anything; the first is field 3. */
const stat = (pid) => read(`/proc/${pid}/stat`)?.replace(/^.*\) /s, '').split(' ');

/** Milliseconds on a processor of all threads, to the nanosecond where the kernel says so. */
function ownMs(pid) {
    let threads;

    try {
        threads = readdirSync(`/proc/${pid}/task`);
    } catch {
        return 0;
    }
    const precise = threads.map((thread) => read(`/proc/${pid}/task/${thread}/schedstat`));

    if (precise.every(Boolean))
        return sum(precise.map((line) => Number(line.split(' ')[0]) / 1e6));
    const fields = stat(pid);

    return fields ? (Number(fields[11]) + Number(fields[12])) * TICK_MS : 0;
}

const childrenOf = (pid) => readdirSync('/proc').filter((name) => /^\d+$/.test(name) && stat(name)?.[1] === String(pid));

/** The server's time: that of a postmaster, its children, and its children that have ended. */
function postgresMs(postmaster) {
    const fields = stat(postmaster);
    const ended = (Number(fields[13]) + Number(fields[14])) * TICK_MS;

    return ended + ownMs(postmaster) + sum(childrenOf(postmaster).map(ownMs));
}

/** The time of this process's children that have ended: wrk and pgbench. */
function generatorMs() {
    const fields = stat(process.pid);

    return (Number(fields[13]) + Number(fields[14])) * TICK_MS;
}

/** The time of all processors that somebody had, a neighbour of this machine included. */
function busyMs() {
    const [user, nice, system, , , irq, softirq, stolen] = read('/proc/stat').match(/\d+/g).map(Number);

    return (user + nice + system + irq + softirq + stolen) * TICK_MS;
}

/** Processor time so far of each part of a measurement, and of everybody together. */
export function times(service, postmaster) {
    const parts = { service: ownMs(service), postgres: postgresMs(postmaster), generator: generatorMs() };

    return { ...parts, ours: sum(Object.values(parts)) + ownMs(process.pid), busy: busyMs(), wall: performance.now() };
}

const status = (pid, name) =>
    Number(new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(read(`/proc/${pid}/status`))?.[1] ?? NaN) / 1024;

export const rssMb = (pid) => status(pid, 'VmRSS');
export const peakRssMb = (pid) => status(pid, 'VmHWM');

/** Let the peak begin anew at what is resident now. */
export const forgetPeak = (pid) => writeFileSync(`/proc/${pid}/clear_refs`, '5');
