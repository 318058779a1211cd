// RESULTS.md: one page, a section a kind of measurement; each run replaces its own.

import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { HERE } from './settings.js';

const PAGE = join(HERE, 'RESULTS.md');
/** The sections in their order. */
const TITLES = ['Load test', 'Analyses', 'Imports', 'Detection'];

const titleOf = (section) => /^# (.*)$/m.exec(section)[1];

/** Put a section, which begins with "# Title", in the place of the one with that title. */
export function saveSection(section) {
    const old = existsSync(PAGE) ? readFileSync(PAGE, 'utf8').split(/^(?=# )/m).filter((part) => part.trim()) : [];
    const sections = new Map([...old, section].map((part) => [titleOf(part), part.trimEnd()]));
    const known = TITLES.filter((title) => sections.has(title));

    writeFileSync(PAGE, `${known.map((title) => sections.get(title)).join('\n\n')}\n`);
}
