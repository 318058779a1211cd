import { strict as assert } from 'node:assert';
import { readFileSync } from 'node:fs';
import { before, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { Database, TILLERS, TILLERS_MAP, file, mapping } from './helper.js';

const COUNTS = `\
rows read             11
rows sold              6, 27 units
rows returned          2, 2 units
rows skipped           3
           1  quantity or price is not above the limits of "sold"
           1  product does not match "product_pattern"
           1  returned, but the quantity is 0
rows rejected          0
`;

const CONTENT = `\
line|import_tillers|Tillers of the sample
product|MT-52|MT-52|f
product|MT-75|MT-75|f
import|tillers.csv|11|6|2|3|27|2
event|MT-52|AT|amazon|2024-02-29|2024-02-29||2
event|MT-52|AT|amazon|2025-03-03|2025-03-03||4
event|MT-52|DE|amazon|2025-03-03|2025-03-03||10
event|MT-52|DE|amazon||2025-03-28|unknown|1
event|MT-52|DE|dealer|2025-03-31|2025-03-31||6
event|MT-75|CN|direct|2025-04-02|2025-04-02||2
event|MT-75|CN|direct||2025-04-30|unknown|1
event|MT-75|DE|dealer|2025-04-01|2025-04-01||3
month|import_tillers|AT|amazon|2024-02-01|2|0
month|import_tillers|AT|amazon|2025-03-01|4|0
month|import_tillers|CN|direct|2025-04-01|2|1
month|import_tillers|DE|amazon|2025-03-01|10|1
month|import_tillers|DE|dealer|2025-03-01|6|0
month|import_tillers|DE|dealer|2025-04-01|3|0`;

let database;

before(async () => {
    database = await Database.create();
});

test('a dry run tells the counts and changes nothing', async () => {
    const before = await database.content();
    const { status, stdout, stderr } = database.import(TILLERS_MAP, TILLERS, '--dry-run');

    assert.equal(status, 0, stderr);
    assert.equal(stdout, `${COUNTS}Dry run: nothing was changed.\n`);
    assert.equal(stderr, '');
    assert.equal(await database.content(), before);
});

test('a dry run asks the database what an import would do, so it needs one', () => {
    const nowhere = Object.assign(new Database(), { url: 'host=/nonexistent' });

    for (const options of [[], ['--dry-run']]) {
        const { status, stderr } = nowhere.import(TILLERS_MAP, TILLERS, ...options);

        assert.equal(status, 1);
        assert.match(stderr, /cannot reach the database/);
    }
});

test('an import makes the line, its products, the events and the months', async () => {
    const { status, stdout, stderr } = database.import(TILLERS_MAP, TILLERS);

    assert.equal(status, 0, stderr);
    assert.match(stdout.slice(COUNTS.length), /^Imported as imp_[0-9a-z]{26}: 8 rows new, 0 changed, 0 unchanged\.\n$/);
    assert.equal(stdout.slice(0, COUNTS.length), COUNTS);
    assert.equal(await database.content(), CONTENT);
});

test('the same file with the same mapping again changes nothing and says so', async () => {
    const [id] = /imp_\w+/.exec(await database.sql('SELECT public_id FROM sales_import'));
    const { status, stdout } = database.import(TILLERS_MAP, TILLERS);

    assert.equal(status, 0);
    assert.match(stdout, new RegExp(`Nothing to do: this file was imported in this way before, as ${id}\\.\n$`));
    assert.equal(await database.content(), CONTENT);
});

test('neither another name, nor gzip, nor white space in the mapping makes another import of it', async () => {
    const zipped = file('renamed.csv.gz', gzipSync(readFileSync(TILLERS)));
    const spaced = file('spaced.json', JSON.stringify(JSON.parse(readFileSync(TILLERS_MAP)), null, 8));
    const { status, stdout } = database.import(spaced, zipped);

    assert.equal(status, 0);
    assert.match(stdout, /Nothing to do/);
    assert.equal(await database.content(), CONTENT);
});

test('another file adds to what is there', async () => {
    const more = file('more.csv', 'Beleg;Artikel;Menge;Lieferdatum;Preis;Land;Kanal\n' +
        'R-2;MT-52;5;03.03.2025;189,00;Deutschland;Amazon.de\nG-9;MT-75;1;30.04.2025;9;中国;Messe\n');
    const { status, stderr } = database.import(TILLERS_MAP, more);

    assert.equal(status, 0, stderr);
    assert.equal(stderr, '');
    assert.equal(
        await database.sql("SELECT sold, returned FROM rate_month WHERE country = 'DE' AND channel = 'amazon'"), '15|1');
    assert.equal(await database.sql("SELECT sold, returned FROM rate_month WHERE country = 'CN'"), '2|2');
    assert.equal(await database.sql('SELECT count(*) FROM product'), '2');
});

test('the same file with another mapping counts again, and that is said', async () => {
    const other = JSON.parse(readFileSync(TILLERS_MAP));

    other.line = { code: 'other_line', name: 'Another line' };
    const { status, stdout } = database.import(file('other.json', other), TILLERS);

    assert.equal(status, 0);
    assert.match(stdout, /^warning: This file was imported on ....-..-.. in another way \(imp_\w+\); both will count\.$/m);
    assert.equal(await database.sql(`SELECT sum(sold), sum(returned) FROM rate_month AS m
        JOIN product_line AS l ON l.id = m.line WHERE code = 'other_line'`), '27|2');
});

test('a line that is there keeps its name, and its products stay listed', async () => {
    await database.sql(`INSERT INTO product_line (public_id, code, name) VALUES (new_id('lin'), 'pumps', 'Pumps');
        INSERT INTO product (public_id, line, model, name)
        SELECT new_id('prd'), id, 'P-1', 'Pump one' FROM product_line WHERE code = 'pumps'`);
    const map = file('pumps.json', mapping({ line: { code: 'pumps', name: 'Other words' } }));
    const { status, stderr } = database.import(map, file('pumps.csv', 'p,q,d\nP-1,3,2025-01-31\nP-2,1,2025-02-01\n'));

    assert.equal(status, 0, stderr);
    assert.equal(await database.sql("SELECT name FROM product_line WHERE code = 'pumps'"), 'Pumps');
    assert.equal(await database.sql(`SELECT p.name, p.listed FROM product AS p JOIN product_line AS l ON l.id = p.line
        WHERE code = 'pumps' ORDER BY model`), 'Pump one|t\nP-2|f');
});

test('what was imported adds to returns that the service counted itself', async () => {
    await database.sql(`WITH posted AS (INSERT INTO posting DEFAULT VALUES RETURNING id)
        INSERT INTO unit_event (posting, product, country, channel, event_day, class, units)
        SELECT posted.id, product.id, 'DE', 'direct', '2025-01-01', 'fault', 1 FROM posted, product WHERE model = 'P-1'`);
    const map = file('pumps.json', mapping({ line: { code: 'pumps', name: 'Pumps' } }));

    assert.equal(database.import(map, file('pumps2.csv', 'p,q,d\nP-1,4,2025-01-01\n')).status, 0);
    assert.equal(await database.sql("SELECT sum(sold), sum(returned) FROM rate_month WHERE month = '2025-01-01'"), '7|1');
});

test('rejected rows are left out and told when the mapping says so', async () => {
    const map = file('skip.json', mapping({ rejects: 'skip', line: { code: 'skipping', name: 'Skipping' } }));
    const path = file('some-bad.csv', 'p,q,d\nA,1,2025-01-01\nA,x,2025-01-01\nA,2,2025-01-02\nA,3\n');
    const { status, stdout, stderr } = database.import(map, path);

    assert.equal(status, 0, stderr);
    assert.match(stdout, /^line 3, column "q": not a whole number\nline 5, column "d": too few cells in the row\n/);
    assert.match(stdout, /rows rejected +2\n +1 {2}not a whole number\n +1 {2}too few cells in the row\n/);
    assert.equal(await database.sql(`SELECT rows_read, rows_sold, rows_skipped, units_sold FROM sales_import
        WHERE file_name = 'some-bad.csv'`), '4|2|2|3');
});
