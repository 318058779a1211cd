// make bench-detection: how well flags tell the truth, and the section of the page about it.
//
// DETECTION_HISTORIES: as many histories of each volume, and the page is left alone [200].

import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { saveSection } from './page.js';
import { ROOT } from './settings.js';

const histories = process.env.DETECTION_HISTORIES;
const section = execFileSync(join(ROOT, 'build/load/detect'), histories ? [histories] : [],
                             { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] });

console.log(section);
if (!histories)
    saveSection(section);
