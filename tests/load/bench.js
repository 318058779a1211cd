// make bench: all cells, and the page about them. See bench.sh for the settings.

import { copyFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { bestClients, cells } from './cells.js';
import { rounds, trouble } from './measure.js';
import { markdown } from './report.js';
import { HERE, settings } from './settings.js';
import { openWorld } from './world.js';

const world = await openWorld();
let results;

try {
    const best = await bestClients(world);

    results = await rounds(cells(world, best), world);
    const page = markdown({ ...world, best, results });
    const file = join(settings.folder, 'results.md');

    writeFileSync(file, page);
    console.log(`\n${page}\nWritten to ${file}.`);
    if (settings.save)
        copyFileSync(file, join(HERE, 'RESULTS.md'));
} finally {
    await world.service.stop();
}
if (Object.values(results).some(trouble))
    process.exitCode = 1;
