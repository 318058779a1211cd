// make bench-analytics: how long the analyses take, and how much longer on a hundred times the units.

import { loadavg } from 'node:os';
import { join } from 'node:path';
import { writeFileSync } from 'node:fs';
import { Agent } from 'node:http';
import { exchange } from '../support/http.js';
import { UNTIL, openCluster, openHistory } from './history.js';
import { median } from './measure.js';
import { saveSection } from './page.js';
import { digits, origin, shown, table } from './report.js';
import { SERVER_SETTINGS } from './database.js';
import { Service } from './service.js';
import { settings } from './settings.js';

const SMALL = 100000;
const RATIO_GOAL = 1.5;
const REQUESTS_MIN = 5;

/** The questions: name, path of the first line; all as of the history's last day. */
const QUESTIONS = [
    ['all lines over 12 months', () => `/api/v1/analytics/lines?from=2025-11`],
    ['one line\'s triangle', (line) => `/api/v1/analytics/lines/${line}/triangle?`],
    ['months of shipment by age', (line) => `/api/v1/analytics/lines/${line}/cohorts?`],
    ['drill-down cube, 12 months', (line) => `/api/v1/analytics/lines/${line}/cube?from=2025-07&to=2026-07`],
    ['rate by country, 3 years', (line) => `/api/v1/analytics/lines/${line}/rate?by=country`],
    ['explain a month', (line) => `/api/v1/analytics/lines/${line}/explain?`],
    ['monitor', (line) => `/api/v1/analytics/lines/${line}/monitor?chart=laney`],
    ['forecast', (line) => `/api/v1/analytics/lines/${line}/forecast?`],
];

const agent = new Agent({ keepAlive: true, maxSockets: 1 });

/** The same question of data that have not changed: it is kept. */
const AGAIN = 'all lines, asked again';

/** Ask one question again and again, of one line after another; the median time in milliseconds. */
async function ask(world, path, service = world.service) {
    const took = [];

    for (const end = performance.now() + settings.seconds * 1000; performance.now() < end || took.length < REQUESTS_MIN;) {
        const target = `${path(world.lines[took.length % world.lines.length])}&as_of=${UNTIL}`;
        const { status, bytes, ms } = await exchange(service.origin, 'GET', target, {
            agent, headers: { authorization: `Bearer ${world.token}` }, timeout: 60000,
        });

        if (status !== 200)
            throw new Error(`GET ${target} was answered ${status}: ${bytes}`);
        took.push(ms);
    }
    return median(took);
}

/** Times by question: [[small, large], ...], one pair a round; which comes first alternates. */
async function rounds(small, large) {
    const asked = [...QUESTIONS, [AGAIN, QUESTIONS[0][1]]];
    const times = Object.fromEntries(asked.map(([name]) => [name, []]));

    for (let round = 0; round < settings.rounds; round++) {
        for (const [name, path] of asked) {
            const pair = [];

            for (const which of round % 2 ? [1, 0] : [0, 1]) {
                const world = [small, large][which];

                pair[which] = await ask(world, path, name === AGAIN ? world.keeping : world.service);
            }
            times[name].push(pair);
        }
        console.log(`round ${round + 1} of ${settings.rounds}: ${Object.entries(times).map(([name, pairs]) =>
            `${name} ${pairs.at(-1).map((ms) => ms.toFixed(1)).join(' and ')} ms`).join(', ')}`);
    }
    return times;
}

function questionTable(times, small, large) {
    return table(['question', `${small.units} units, ms`, `${large.units} units, ms`, 'ratio', 'lowest to highest', 'goal', ''],
                 Object.entries(times).map(([name, pairs]) => {
        const ratios = pairs.map(([few, many]) => many / few);
        const ratio = median(ratios);

        return [name, digits(median(pairs.map(([few]) => few)), 2), digits(median(pairs.map(([, many]) => many)), 2), digits(ratio, 2),
                `${digits(Math.min(...ratios), 2)} to ${digits(Math.max(...ratios), 2)}`, `< ${RATIO_GOAL}`, ratio < RATIO_GOAL ? 'met' : 'short'];
    }));
}

const sizeTable = (small, large) => table(['table', `rows of ${small.units} units`, 'MB', `rows of ${large.units} units`, 'MB'],
    small.sizes.map(([name, ...few], i) => [name, ...few, ...large.sizes[i].slice(1)]));

const markdown = ({ small, large, times, load }) => `# Analyses

${settings.note ? `${settings.note}\n\n` : ''}Written by \`make bench-analytics\`. Each question is asked over HTTP by one client, as of ${UNTIL}, of one line after another;
nothing is kept but in the row that says so. Times are medians of a round's requests, then of the rounds; a ratio is the median of the
ratios of each round, in which both sizes are asked one after the other.

${[...origin(), `Load average before it ${load[0].toFixed(1)}; ${settings.rounds} rounds of ${settings.seconds} s a question and size.`,
   `PostgreSQL: ${shown(SERVER_SETTINGS)}.`,
   'Data: sql/seed/history.sql, 24 lines of 4 products, 12 countries, 3 channels, 36 months, about a hundred lots a line; a row of the ledger is one unit.',
   `Folding all of it at once took ${small.folded} s and ${large.folded} s.`].map((line) => `- ${line}`).join('\n')}

## Questions

${questionTable(times, small, large)}

## What is kept

${sizeTable(small, large)}
`;

async function open(units) {
    const world = openHistory(units);

    world.service = await Service.start(world.url, { jobs: 0, answer_megabytes: 0 });
    world.keeping = await Service.start(world.url, { jobs: 0 });
    world.token = await world.service.token();
    return world;
}

const load = loadavg();

openCluster();
const small = await open(SMALL);
const large = await open(settings.historyUnits);

try {
    const page = markdown({ small, large, load, times: await rounds(small, large) });
    const file = join(settings.folder, 'analytics.md');

    writeFileSync(file, page);
    console.log(`\n${page}\nWritten to ${file}.`);
    if (settings.save)
        saveSection(page);
} finally {
    agent.destroy();
    for (const { service, keeping } of [small, large]) {
        await service.stop();
        await keeping.stop();
    }
}
