// The results as a page, with the floor of each figure beside it.

import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { release } from 'node:os';
import { SERVER_SETTINGS } from './database.js';
import { SESSION, WRK_CONNECTIONS } from './drive.js';
import { medianOf, OTHERS_MAX, othersShare, ratio, spread, trouble } from './measure.js';
import { SERVICE_SETTINGS } from './service.js';
import { ROOT, settings } from './settings.js';

export const digits = (value, places) => Number.isFinite(value) ? value.toFixed(places) : '-';
export const percent = (share) => `${digits(100 * share, 0)} %`;
const row = (cells) => `| ${cells.join(' | ')} |`;

/** A table of Markdown. */
export function table(head, rows) {
    return [row(head), row(head.map(() => '---')), ...rows.map(row)].join('\n');
}

/** The goals: name, value, comparison, floor, stretch, places. */
function goals({ results, best, startMs, idle }) {
    const all = [];
    const has = (...names) => names.every((name) => results[name] && !trouble(results[name]));
    const add = (name, value, least, floor, stretch, range) => all.push({ name, value, least, floor, stretch, range });
    const compare = (what, name, other, floor, stretch) => {
        if (has(name, other))
            add(what, ratio(results[name], results[other]), true, floor, stretch, spread(results[name], results[other]));
    };
    const c4 = (kind) => best[kind] === 4 ? `${kind}_best` : `${kind}_c4`;

    compare(`GET return / pgbench best (c${best.get})`, 'get', 'get_best', 0.75, 1.0);
    compare('GET return / pgbench c4', 'get', c4('get'), 0.90);
    compare('GET return / pgbench, 20 in a pipeline, c2', 'get', 'get_pipelined', 0.60);
    compare(`list of 20 / pgbench best (c${best.list})`, 'list', 'list_best', undefined, 1.2);
    compare('list of 20 / pgbench c4', 'list', c4('list'), 0.85);
    compare(`rates / pgbench best (c${best.rates})`, 'rates', 'rates_best');
    compare('rates / pgbench c4', 'rates', c4('rates'), 0.85);
    compare(`POST return / pgbench best (c${best.post})`, 'post', 'post_best', 0.90, 1.5);
    compare(`POST return / pgbench, the transaction in one pipeline, c${best.post}`, 'post', 'post_pipelined');
    compare(`mixed 70/20/10 / pgbench best (c${best.mixed})`, 'mixed', 'mixed_best');
    if (has('get')) {
        add('service CPU per 1,000 GETs, ms', medianOf(results.get, 'service'), false, 15);
        add('peak RSS under load, MB (each sign-in under way adds 64)', Math.max(...Object.entries(results)
            .filter(([name]) => name !== 'get_logins').flatMap(([, list]) => list.map(({ peakMb }) => peakMb))), false, 32);
    }
    if (has('get', 'get_logins')) {
        const pair = [results.get_logins, results.get, 'p99'];

        add('GET p99 with 4 sign-ins a second / without', ratio(...pair), false, 3, undefined, spread(...pair));
    }
    if (has('get_logins')) {
        add('sign-ins answered before that load ended, %', 100 * medianOf(results.get_logins, 'loginsAnswered'), false);
        add('longest sign-in, ms', medianOf(results.get_logins, 'loginMs'), false);
    }
    add('start to first 200, ms', startMs, false, 100);
    for (const { name, kb, floor } of idle)
        add(`memory of an idle connection, ${name}, KB`, kb, false, floor);
    return all;
}

function verdict({ value, least, floor }) {
    if (floor === undefined)
        return '';
    return (least ? value >= floor : value <= floor) ? 'met' : 'short';
}

function goalTable(measured) {
    return table(['figure', 'measured', 'lowest to highest', 'floor', '', 'stretch'], goals(measured).map((goal) => [
        goal.name,
        digits(goal.value, goal.least ? 2 : 1),
        goal.range ? goal.range.map((value) => digits(value, 2)).join(' to ') : '',
        goal.floor === undefined ? '' : `${goal.least ? '≥' : '≤'} ${goal.floor}`,
        verdict(goal),
        goal.stretch === undefined ? '' : `≥ ${goal.stretch}${goal.value >= goal.stretch ? ', reached' : ''}`,
    ]));
}

function cellTable({ results, best }) {
    const name = (cell) => cell.replace(/_best$/, ` pgbench c${best[cell.split('_')[0]]}`).replace(/_c4$/, ' pgbench c4')
        .replace(/^get_pipelined$/, 'get pgbench pipeline c2')
        .replace(/^post_pipelined$/, `post pgbench pipeline c${best.post}`).replace('_logins', ', 4 sign-ins a second');

    return table(['cell', 'requests/s', 'p50 ms', 'p99 ms', 'service CPU ms/1,000', 'PostgreSQL CPU ms/1,000',
                  'generator CPU ms/1,000', 'others', 'peak RSS MB', 'errors'],
                 Object.entries(results).sort(([a], [b]) => a < b ? -1 : 1).map(([cell, list]) => {
        const ours = Number.isFinite(list[0].p99);

        return [
            name(cell), digits(medianOf(list, 'rate'), 0), digits(medianOf(list, 'p50'), 2), digits(medianOf(list, 'p99'), 1),
            ours ? digits(medianOf(list, 'service'), 1) : '-', digits(medianOf(list, 'postgres'), 1), digits(medianOf(list, 'generator'), 1),
            percent(medianOf(list, 'others')),
            ours ? digits(Math.max(...list.map(({ peakMb }) => peakMb)), 1) : '-', trouble(list) ? `invalid: ${trouble(list)}` : '0',
        ];
    }));
}

/** At a load average of all cores somebody worked before the run; a build just before it is less. */
const LOAD_MAX_PER_CORE = 1;

/** What is to be known first: whether the machine did other work before or during the cells. */
function notes({ load, results }) {
    const others = othersShare(results);

    return [
        settings.note,
        load[0] > LOAD_MAX_PER_CORE * settings.cores &&
            `The machine was busy before the run: the load average was ${load[0].toFixed(1)}.`,
        others > OTHERS_MAX && `Other work ran on the machine: it took ${percent(others)} of the processors' time ` +
            'during the cells. The ratios suffer less than the rest.',
    ].filter(Boolean).map((note) => `${note}\n\n`).join('');
}

/** The machine and the commit, two lines of any page. */
export function origin() {
    const cpu = /^model name\s*: (.*)$/m.exec(readFileSync('/proc/cpuinfo', 'utf8'))?.[1] ?? 'unknown';
    const memory = /^MemTotal:\s+(\d+)/m.exec(readFileSync('/proc/meminfo', 'utf8'))[1] / 1048576;
    const commit = execFileSync('git', ['describe', '--always', '--dirty', '--abbrev=10', '--exclude=*'],
                                { cwd: ROOT, encoding: 'utf8' }).trim();

    return [
        `Machine: ${settings.cores} cores, ${cpu}, ${memory.toFixed(0)} GB, Linux ${/^\d+\.\d+/.exec(release())[0]}.`,
        `Commit ${commit}, ${new Date().toISOString().slice(0, 10)}.`,
    ];
}

export const shown = (object) => Object.entries(object).map(([key, value]) => `${key} ${value}`).join(', ');

function machine({ versions, facts, load, results, minutes }) {
    return [
        ...origin(),
        `Run: ${minutes.toFixed(1)} minutes; load averages before it ${load.map((average) => average.toFixed(1)).join(', ')}; ` +
            `${percent(othersShare(results))} of the processors' time during the cells went to others.`,
        `Versions: ${shown(versions)}.`,
        `Database: ${settings.units} units, ${facts.returns} returns with their events and tickets.`,
        `PostgreSQL: ${shown(SERVER_SETTINGS)}.`,
        `Service: release build, default settings but for ${shown(SERVICE_SETTINGS)} (limits are counted, none is met); ` +
            'log written to a file, tokens checked, ETags made.',
        `Load: wrk -t1 -c${WRK_CONNECTIONS}, connections kept; pgbench -M prepared over the Unix socket, its sessions set like the daemon's (${SESSION}). ` +
            `${settings.rounds} rounds of ${settings.seconds} s a cell, all cells in each round, order reversed every other round; ` +
            `a cell during which others had more than ${percent(OTHERS_MAX)} of the processors is measured once more, and the calmer one counts.`,
    ].map((line) => `- ${line}`).join('\n');
}

export const markdown = (measured) => `# Load test

${notes(measured)}Written by \`make bench\`. Ratios are medians of the ratios of each round: pgbench runs the very
statements that the daemon prepares, on the same database and machine, with the load generator,
the service and PostgreSQL sharing its cores; "generator" is what wrk or pgbench itself took, "others"
the share of the processors that none of these had. Requests a second only show the scale. Latencies
are wrk's, of a closed loop.

${machine(measured)}

## Goals

${goalTable(measured)}

## Cells

${cellTable(measured)}
`;
