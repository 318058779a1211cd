// Runs `aftersalesd import` on a database that is empty but for its schema.

import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { BINARY, ROOT, command, environment, freshDatabase, testCluster } from '../fixture.js';

export const sample = (name) => join(ROOT, 'tests/import', name);
export const TILLERS = sample('tillers.csv');
export const TILLERS_MAP = sample('tillers.map.json');

/** A folder for files that a test makes; gone when the process ends. */
const folder = mkdtempSync(join(tmpdir(), 'aftersales-import-'));

process.on('exit', () => rmSync(folder, { recursive: true, force: true }));

/** Write a file, an object as JSON, and return its path. */
export function file(name, content) {
    const path = join(folder, name);

    writeFileSync(path, content.constructor === Object ? JSON.stringify(content) : content);
    return path;
}

/** A file of the shared samples; its provenance is told beside them. */
export const SHARED = resolve(process.env.SHARED_DATA ?? resolve(ROOT, '../shared/data'));
export const shared = (name) => join(SHARED, name);

/** The smallest mapping: columns p, q and d, all from Germany. */
export const mapping = (members = {}) => ({
    line: { code: 'made', name: 'Made for a test' },
    columns: { product: 'p', quantity: 'q', date: 'd' },
    date_format: '%Y-%m-%d',
    country: { constant: 'DE' },
    ...members,
});

export class Database {
    static async create() {
        const database = new Database();

        database.cluster = testCluster();
        database.name = await freshDatabase('empty');
        database.url = database.cluster.url(database.name);
        return database;
    }

    sql(text) {
        return this.cluster.sql(this.name, text);
    }

    /** Run to the end: { status, stdout, stderr }. */
    import(map, path, ...options) {
        return this.run('--map', map, ...options, path);
    }

    /** The same without a mapping: options, then the file. */
    run(...args) {
        return command(['import', ...args], { database_url: this.url, check: false, settings: this.settings ?? {} });
    }

    /** The report that was kept with the newest import. */
    async report() {
        return JSON.parse(await this.sql('SELECT report FROM sales_import ORDER BY id DESC LIMIT 1'));
    }

    /** The sums of the ledger: "class units" of each class, of shipments "shipped units". */
    ledger() {
        return this.sql(`SELECT coalesce(class, 'shipped') || ' ' || sum(units) FROM unit_event
            GROUP BY class HAVING sum(units) <> 0 ORDER BY class NULLS FIRST`);
    }

    /** A product line, for SKUs that are not known. */
    async line(code) {
        await this.sql(`INSERT INTO product_line (public_id, code, name) VALUES (new_id('lin'), '${code}', '${code}')`);
    }

    start(map, path, ...options) {
        return this.spawn([...options, '--map', map, path]);
    }

    /** Start and go on. The process; `ended` resolves to { code, signal, stdout, stderr }. */
    spawn(args, settings = {}) {
        const child = spawn(BINARY, ['import', ...args], {
            cwd: ROOT, env: environment({ database_url: this.url, ...settings }), stdio: ['ignore', 'pipe', 'pipe'],
        });
        const said = { stdout: '', stderr: '' };

        for (const stream of ['stdout', 'stderr'])
            child[stream].on('data', (piece) => {
                said[stream] += piece;
            });
        child.said = said;
        child.ended = new Promise((done) => {
            child.on('close', (code, signal) => done({ code, signal, ...said }));
        });
        return child;
    }

    /** Everything that an import may write, as text to compare. */
    content() {
        return this.sql(`
            SELECT 'line', code, name FROM product_line ORDER BY code;
            SELECT 'product', model, name, listed FROM product ORDER BY line, model;
            SELECT 'import', file_name, rows_read, rows_sold, rows_returned, rows_skipped, units_sold,
                   units_returned FROM sales_import ORDER BY id;
            SELECT 'rows', count(*) FROM source_row HAVING count(*) > 0;
            SELECT 'event', p.model, e.country, e.channel, e.ship_day, e.event_day, e.class, e.units
              FROM unit_event AS e JOIN product AS p ON p.id = e.product ORDER BY 2, 3, 4, 6, 7, e.posting;
            SELECT 'month', l.code, m.country, m.channel, m.month, m.sold, m.returned
              FROM rate_month AS m JOIN product_line AS l ON l.id = m.line ORDER BY 2, 3, 4, 5`);
    }
}
