// Runs a folder of tests, one file after another, on one private PostgreSQL.
//
//     node tests/run.js api|chaos|browser [word in a file's name...]
//
// The last line is "N passed, N failed, N skipped"; the exit code is 1 if one failed.

import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { run } from 'node:test';
import { spec } from 'node:test/reporters';
import { fileURLToPath } from 'node:url';
import { Cluster } from './support/cluster.js';

const HERE = fileURLToPath(new URL('.', import.meta.url));
const [suite, ...words] = process.argv.slice(2);
const LAST = ['contract.test.js']; // judges what the others recorded

function files() {
    const found = readdirSync(join(HERE, suite), { recursive: true })
        .filter((name) => name.endsWith('.test.js'))
        .filter((name) => !words.length || words.some((word) => name.includes(word)))
        .sort((a, b) => LAST.includes(a) - LAST.includes(b) || (a < b ? -1 : 1));

    return found.map((name) => join(HERE, suite, name));
}

/** Counts tests, not the describe blocks and files around them. */
function count(events, totals) {
    const isTest = ({ details, file, name }) => details.type !== 'suite' && name !== file;

    events.on('test:pass', (test) => {
        if (isTest(test))
            totals[test.skip !== undefined ? 'skipped' : 'passed']++;
    });
    events.on('test:fail', ({ details }) => {
        if (details.error?.failureType !== 'subtestsFailed') // counted where it happened
            totals.failed++;
    });
}

if (!suite) {
    console.error('usage: node tests/run.js api|chaos|browser [word...]');
    process.exit(2);
}
if (suite === 'api')
    rmSync(join(HERE, '../build/exchanges'), { recursive: true, force: true });

const cluster = Cluster.create();
const totals = { passed: 0, failed: 0, skipped: 0 };

process.env.TEST_CLUSTER = cluster.folder;
process.on('exit', () => cluster.remove());
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'])
    process.on(signal, () => process.exit(1));

for (const file of files()) {
    const events = run({ files: [file], concurrency: 1, timeout: 300000 });

    count(events, totals);
    events.compose(new spec()).pipe(process.stdout, { end: false });
    await new Promise((done) => events.on('end', done));
}
console.log(`\n${totals.passed} passed, ${totals.failed} failed, ${totals.skipped} skipped`);
process.exitCode = totals.failed || !totals.passed ? 1 : 0;
