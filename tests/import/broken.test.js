// What cannot be imported is refused in a sentence, and the database stays as it was.

import { strict as assert } from 'node:assert';
import { spawnSync } from 'node:child_process';
import { after, before, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { BINARY, environment } from '../fixture.js';
import { Database, TILLERS, TILLERS_MAP, file, mapping, sample } from './helper.js';

const MAP = file('map.json', mapping({ columns: { product: 'p', quantity: 'q', date: 'd', price: 'e' } }));
const HEADER = 'p,q,d,e\n';
const GOOD = 'A,1,2025-01-01,2.50\n';
const REFUSED = /^aftersalesd import: 1 row was rejected, so nothing is imported: correct the file, or have such rows left out\.\n$/;

let database;
let empty;

before(async () => {
    database = await Database.create();
    empty = await database.content();
});
after(async () => assert.equal(await database.content(), empty));

/** Import bytes between good rows: the second row, line 3, is the bad one. */
function refuseRow(row, ...lines) {
    const bytes = Buffer.concat([HEADER, GOOD, row, '\n', GOOD].map((part) => Buffer.from(part)));
    const path = file('bad.csv', bytes);
    const real = database.import(MAP, path);
    const dry = database.import(MAP, path, '--dry-run');

    assert.equal(real.status, 1, real.stdout);
    for (const { stdout } of [real, dry])
        assert.equal(stdout.split('rows read')[0], lines.map((line) => `${line}\n`).join(''));
    assert.match(real.stderr, lines.length === 1 ? REFUSED : /rows were rejected/);
    assert.equal(dry.status, 1, 'a dry run tells by its exit code that the import would be refused');
    return dry.stdout;
}

/** The whole import is refused with this sentence, before any row is told. */
function refuse(map, path, sentence) {
    for (const options of [[], ['--dry-run']]) {
        const { status, stdout, stderr } = database.import(map, path, ...options);

        assert.equal(status, 1, stdout);
        assert.equal(stdout, '');
        if (typeof sentence === 'string')
            assert.equal(stderr, `aftersalesd import: ${sentence}\n`);
        else
            assert.match(stderr, sentence);
    }
}

test('a NUL in a row is no text, and told by its byte', () => {
    refuse(MAP, file('nul.csv', `${HEADER}${GOOD}A,1\0,2025-01-01,2.50\n`),
           'At byte 31 there is a NUL byte: this is no text.');
});

test('bytes that are not what the mapping says they are', () => {
    const map = file('utf8.json', mapping({ encoding: 'UTF-8' }));

    refuse(map, file('latin.csv', Buffer.from('p,q,d\nM\xfcller,1,2025-01-01\n', 'latin1')),
           'The file is not all UTF-8: at byte 7 there is a byte that is no character of the encoding.');
});

test('a quote that is not closed costs its line only', () => {
    const told = refuseRow('A,"1,2025-01-01,2.50', 'line 3, column "q": a quote is not closed within 64 kB');

    assert.match(told, /rows read +3\nrows sold +2, 2 units\n/);
});

test('a quote in the middle of a cell, and text behind a quoted one', () => {
    refuseRow('A 5" wide,1,2025-01-01,2.50', 'line 3, column "p": a quote inside a cell that does not begin with one');
    refuseRow('"A"x,1,2025-01-01,2.50', 'line 3, column "p": text after the closing quote');
});

test('too few and too many cells', () => {
    refuseRow('A,1,2025-01-01', 'line 3, column "e": too few cells in the row');
    refuseRow('A,1,2025-01-01,2.50,x', 'line 3, column 5: too many cells in the row');
});

test('a line of a megabyte', () => {
    refuseRow('A'.repeat(1 << 20), 'line 3, column "p": the line is longer than 64 kB');
});

test('a hundred thousand columns', () => {
    refuseRow(','.repeat(100000), 'line 3, column 512: more than 512 columns');
    refuse(MAP, file('wide.csv', `${','.repeat(100000)}\n${GOOD}`),
           'The header, line 1, cannot be read: column 512: more than 512 columns.');
});

test('numbers with another decimal sign than the others', () => {
    refuseRow('A,1,2025-01-01,"2,50"',
              'line 3, column "e": not a number with the mapping\'s "decimal_sign"');
    refuseRow('A,1.000,2025-01-01,2.50', 'line 3, column "q": not a whole number');
});

test('dates of another form, and days that are not in the calendar', () => {
    refuseRow('A,1,01.01.2025,2.50',
              'line 3, column "d": not a date as the mapping\'s "date_format" writes it');
    refuseRow('A,1,2025-02-29,2.50', 'line 3, column "d": no day or time of the calendar');
});

test('what a cell holds is told to nobody', () => {
    const told = refuseRow('A,4711 Ann Example,2025-01-01,2.50', 'line 3, column "q": not a whole number');

    assert.doesNotMatch(told, /4711|Example/);
});

test('every bad row is told by a dry run, the first twenty by an import', () => {
    const path = file('bad.csv', HEADER + 'A,x,2025-01-01,1\n'.repeat(25) + 'A,1,x,1\n'.repeat(5));
    const dry = database.import(MAP, path, '--dry-run');
    const real = database.import(MAP, path);

    assert.equal(dry.stdout.match(/^line /gm).length, 30);
    assert.equal(real.stdout.match(/^line /gm).length, 20);
    assert.match(real.stdout, /\nand 10 more rejected rows: --dry-run tells them all\n/);
    assert.match(real.stdout, /rows rejected +30\n +25 {2}not a whole number\n +5 {2}not a date/);
    assert.match(real.stderr, /: 30 rows were rejected, so nothing is imported/);
});

test('a header that lacks a column, or has it twice, or is in another code', () => {
    refuse(MAP, file('h.csv', `p,q,date,e\n${GOOD}`), 'The header, line 1, has no column "d" among its 4.');
    refuse(MAP, file('h.csv', `p,q,d,P\n${GOOD}`), 'The header, line 1, has the column "p" twice.');
    refuse(MAP, file('h.csv', `p;q;d;e\n${GOOD}`), /no column "p" among its 1: perhaps the mapping's "separator"/);
    refuse(MAP, file('h.csv', Buffer.from(`${HEADER}${GOOD}`, 'utf16le')),
           'At byte 1 there is a NUL byte: this is no text.');
});

test('a gzip that was cut, and one that was damaged', () => {
    const whole = gzipSync(HEADER + GOOD.repeat(5000));
    const damaged = Buffer.from(whole);

    damaged[damaged.length - 6] ^= 1; // the checksum at its end
    const cut = file('cut.csv.gz', whole.subarray(0, whole.length - 40));
    const bad = file('damaged.csv.gz', damaged);

    refuse(MAP, cut, 'The gzip data end too early: the file is cut.');
    refuse(MAP, bad, 'The gzip data are damaged.');
});

test('files that are empty, not there, or no files', () => {
    const nothing = file('empty.csv', '');

    refuse(MAP, nothing, 'The file is empty.');
    refuse(MAP, '/nonexistent/sales.csv', /^aftersalesd import: Cannot open \/nonexistent\/sales.csv: No such file or directory\.\n/);
    refuse(MAP, sample('.'), /is not a regular file; it must be one to be read twice\.\n/);
    refuse(MAP, '/dev/null', /^aftersalesd import: \/dev\/null is not a regular file/);
});

test('a file in which nothing is a sale or a return', () => {
    const { status, stderr } = database.import(MAP, file('none.csv', `${HEADER}A,0,2025-01-01,1\n`));

    assert.equal(status, 1);
    assert.equal(stderr, 'aftersalesd import: No row says anything that can be imported.\n');
});

test('mappings that are wrong are refused before the file is opened', () => {
    refuse('/nonexistent/map.json', TILLERS,
           'Cannot open the mapping /nonexistent/map.json: No such file or directory.');
    refuse(file('m.json', '{"line": '), TILLERS, /^aftersalesd import: The mapping is not JSON, line 1: /);
    refuse(file('m.json', mapping({ colour: 'red' })), TILLERS, 'The mapping has an unknown member "colour".');
    refuse(file('m.json', 'x'.repeat(2 << 20)), TILLERS, /it is larger than 1 MB\.\n$/);
    refuse(file('m.json', '{}\0'), TILLERS, /it is not text\.\n$/);
});

test('a database without the schema is told what it needs', () => {
    const other = Object.assign(new Database(), { url: database.cluster.url('postgres') });
    const { status, stderr } = other.import(TILLERS_MAP, TILLERS);

    assert.equal(status, 1);
    assert.match(stderr, /^aftersalesd import: The database lacks the tables: run `aftersalesd migrate` first\.\n/);
});

test('wrong use is told with the right one, and exit code 2', () => {
    const uses = [[], ['--map', MAP], ['--map', MAP, TILLERS, TILLERS], ['--mop', MAP, TILLERS],
                  ['--map'], ['--dry-run=yes', '--map', MAP, TILLERS]];

    for (const args of uses) {
        const { status, stderr, stdout } = spawnSync(BINARY, ['import', ...args],
                                                     { env: environment({ database_url: database.url }), encoding: 'utf8' });

        assert.equal(status, 2, args.join(' '));
        assert.match(stderr, /usage: aftersalesd import \[--dry-run\] \[--map MAP\] .* FILE\n$/);
        assert.equal(stdout, '');
    }
});
