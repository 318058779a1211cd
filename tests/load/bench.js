// make bench: all cells, and the page about them. See bench.sh for the settings.

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { bestClients, cells, warmUp } from './cells.js';
import { rounds, trouble } from './measure.js';
import { markdown } from './report.js';
import { saveSection } from './page.js';
import { settings } from './settings.js';
import { openWorld } from './world.js';

const TRIES = 2;

const began = Date.now();
const world = await openWorld();
let results;

try {
    const best = await bestClients(world);

    await warmUp(world);
    results = await rounds(cells(world, best), world, TRIES);
    const page = markdown({ ...world, best, results, minutes: (Date.now() - began) / 60000 });
    const file = join(settings.folder, 'results.md');

    writeFileSync(file, page);
    console.log(`\n${page}\nWritten to ${file}.`);
    if (settings.save)
        saveSection(page);
} finally {
    await world.service.stop();
}
if (Object.values(results).some(trouble))
    process.exitCode = 1;
