// Runs a folder of tests, one file after another, on one private PostgreSQL.
//
//     node tests/run.js api|browser|chaos|deploy|import|tsan [word in a file's name...]
//
// The last line is "N passed, N failed, N skipped"; the exit code is 1 if one failed.

import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { run } from 'node:test';
import { fileURLToPath } from 'node:url';
import { inspect } from 'node:util';
import { Cluster } from './support/cluster.js';

const HERE = fileURLToPath(new URL('.', import.meta.url));
const LAST = ['contract.test.js']; // judges what the others recorded
const FILE_MS = 300000;
const [suite, ...words] = process.argv.slice(2);

function files() {
    return readdirSync(join(HERE, suite), { recursive: true })
        .filter((name) => name.endsWith('.test.js'))
        .filter((name) => !words.length || words.some((word) => name.includes(word)))
        .sort((a, b) => LAST.includes(a) - LAST.includes(b) || (a < b ? -1 : 1));
}

/** What to show of a failure: where it broke, not how the runner got there. */
function explain({ details: { error } }) {
    const cause = error.cause ?? error;
    const text = typeof cause === 'string' ? cause : cause.stack ?? inspect(cause);
    const compared = cause.code === 'ERR_ASSERTION' && cause.operator !== 'fail' && cause.generatedMessage === false
        ? `\nactual: ${inspect(cause.actual)}, expected: ${inspect(cause.expected)}` : '';

    return `${text}${compared}`.replace(/^\s+at .*node:internal.*\n?/gm, '').replace(/^/gm, '      ');
}

/** Run one file and tell what went wrong in it; the counts go into `totals`. */
async function runFile(name, totals) {
    const path = join(HERE, suite, name);
    const events = run({ files: [path], concurrency: 1, timeout: FILE_MS });
    const parents = [];
    const began = Date.now();
    const before = totals.passed;

    events.on('test:start', (test) => {
        parents[test.nesting] = test.name;
    });
    events.on('test:pass', (test) => {
        const isTest = test.details.type !== 'suite' && test.name !== path;

        if (isTest && test.skip !== undefined)
            console.log(`  skipped: ${test.name}: ${test.skip || 'no reason given'}`);
        if (isTest)
            totals[test.skip !== undefined ? 'skipped' : 'passed']++;
    });
    events.on('test:fail', (test) => {
        if (test.details.error?.failureType === 'subtestsFailed') // told where it happened
            return;
        totals.failed++;
        console.log(`  FAILED: ${[...parents.slice(0, test.nesting), test.name].join(' › ')}\n${explain(test)}`);
    });
    events.on('test:stdout', ({ message }) => process.stdout.write(message.replace(/^(?=.)/gm, '  ')));
    events.on('test:stderr', ({ message }) => process.stderr.write(message));
    for await (const _ of events)
        ; // the handlers above have seen it
    console.log(`${suite}/${name}: ${totals.passed - before} passed, ${((Date.now() - began) / 1000).toFixed(1)} s`);
}

if (!suite || !existsSync(join(HERE, suite))) {
    console.error('usage: node tests/run.js FOLDER [word...]');
    process.exit(2);
}
if (suite === 'api')
    rmSync(join(HERE, '../build/exchanges'), { recursive: true, force: true });

const cluster = Cluster.create();
const totals = { passed: 0, failed: 0, skipped: 0 };

process.env.TEST_CLUSTER = cluster.folder;
process.setMaxListeners(0); // every run() listens
process.on('exit', () => cluster.remove());
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'])
    process.on(signal, () => process.exit(1));
for (const name of files())
    await runFile(name, totals);
console.log(`${totals.passed} passed, ${totals.failed} failed, ${totals.skipped} skipped`);
process.exitCode = totals.failed || !totals.passed ? 1 : 0;
