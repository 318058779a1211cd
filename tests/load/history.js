// Databases with a history of many units: made once, kept, and read only.

import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { AGENT, cluster, configure, program, sql, url } from './database.js';
import { ROOT, settings } from './settings.js';

/** The day the history ends: all questions are asked as of it. */
export const UNTIL = '2026-10-31';

/** What the data follow from: another schema or seed is another database. */
function fingerprint() {
    const hash = createHash('sha256');

    for (const folder of ['sql/migration', 'sql/function'])
        for (const name of readdirSync(join(ROOT, folder)).sort())
            hash.update(readFileSync(join(ROOT, folder, name)));
    return hash.update(readFileSync(join(ROOT, 'sql/seed/history.sql'))).digest('hex');
}

const noteOf = (name) => sql('postgres', `SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = '${name}'`);

function load(name, units) {
    const making = `making_${name}`;
    const began = Date.now();
    let folded;

    console.log(`Loading a history of ${units} units; this is done once.`);
    sql('postgres', `DROP DATABASE IF EXISTS ${making} WITH (FORCE);
CREATE DATABASE ${making} OWNER aftersales;`);
    program(making, ['migrate']);
    execFileSync(join(settings.postgres, 'psql'), ['-Xq1', '-v', 'ON_ERROR_STOP=1', '-v', `units=${units}`,
                                                   '-f', join(ROOT, 'sql/seed/history.sql'), '-d', url(making)],
                 { stdio: ['ignore', 'ignore', 'inherit'], cwd: ROOT });
    const folding = Date.now();

    sql(making, 'SELECT rollup_fold();');
    folded = (Date.now() - folding) / 1000;
    sql(making, 'VACUUM (ANALYZE);');
    program(making, ['user', 'add', AGENT.email, 'agent', 'Lena Load'], `${AGENT.password}\n`);
    sql('postgres', `DROP DATABASE IF EXISTS ${name} WITH (FORCE);
ALTER DATABASE ${making} RENAME TO ${name};
COMMENT ON DATABASE ${name} IS '${fingerprint()} ${folded.toFixed(1)} ${((Date.now() - began) / 1000).toFixed(0)}';`);
}

/** Rows and megabytes of the tables that an analysis may read. */
const sizes = (name) => sql(name, `
SELECT relname, count, mb
  FROM (VALUES ('unit_event'), ('ship_cell'), ('return_cell'), ('cohort'), ('cohort_return'), ('line_cohort'), ('line_return'),
               ('lot_return'), ('lot_lag'), ('lot_day'), ('product_return')) AS t (relname),
       LATERAL (SELECT (xpath('/row/c/text()', query_to_xml('SELECT count(*) AS c FROM ' || relname, false, true, '')))[1]::text AS count,
                       ceil(coalesce((SELECT sum(pg_total_relation_size(p.relid)) FROM pg_partition_tree(relname::regclass) AS p),
                                     pg_total_relation_size(relname::regclass)) / 1048576.0) AS mb) AS s`)
    .split('\n').map((line) => line.split('|'));

/** Open the cluster; it stops with this process. */
export function openCluster() {
    mkdirSync(settings.folder, { recursive: true });
    process.on('exit', () => cluster('stop'));
    cluster('start');
    configure();
}

/** The database with so many units; made if it is not there as this schema wants it. */
export function openHistory(units) {
    const name = `history_${units}`;

    if (!noteOf(name).startsWith(fingerprint()))
        load(name, units);
    const [, folded, loaded] = noteOf(name).split(' ').map(Number);
    const lines = sql(name, "SELECT public_id FROM product_line WHERE code LIKE 'history\\_%' ORDER BY substr(code, 9)::int").split('\n');

    return { name, units, url: url(name), folded, loaded, lines, sizes: sizes(name) };
}
