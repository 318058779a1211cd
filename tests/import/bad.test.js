// Files that are bad or hostile: each is told what is wrong and where, the database stays as it
// was, and the memory that it took is bounded, however large it is.

import { strict as assert } from 'node:assert';
import { createWriteStream, readFileSync, truncateSync } from 'node:fs';
import { once } from 'node:events';
import { after, before, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { createGzip, gzipSync } from 'node:zlib';
import { Database, file, mapping, sample } from './helper.js';

const MEMORY_KB = 64 * 1024;
const HEADER = 'return-date,sku,quantity,reason\n';
const GOOD = '2026-03-02,TILL-52,1,DEFECTIVE\n';
const MB = 1 << 20;

let database;
let empty;

before(async () => {
    database = await Database.create();
    await database.line('machines');
    empty = await database.content();
});
after(async () => assert.equal(await database.content(), empty));

/** Import, and watch its memory: { code, stdout, stderr, peak }. */
async function watched(args, settings) {
    const child = database.spawn(args, settings);
    let peak = 0;

    child.on('exit', () => {
        child.gone = true;
    });
    while (!child.gone) {
        const [, kb] = /VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8')) ?? [];

        peak = Math.max(peak, Number(kb ?? 0));
        await sleep(2);
    }
    return { ...await child.ended, peak };
}

/** It is refused with this on standard output, and this on standard error. */
async function refused(t, path, told, said, { options = ['--line', 'machines'], settings } = {}) {
    const { code, stdout, stderr, peak } = await watched([...options, path], settings);

    t.diagnostic(`${(peak / 1024).toFixed(1)} MB`);
    assert.equal(code, 1, stdout);
    assert.match(stdout, told);
    assert.match(stderr, said);
    assert.ok(peak < MEMORY_KB, `${peak} kB`);
    assert.equal(await database.content(), empty);
}

/** Write `bytes` of the same block behind a beginning, packed. */
async function packed(name, begin, block, bytes, end = '') {
    const path = file(name, '');
    const zip = createGzip({ level: 1 });
    const out = zip.pipe(createWriteStream(path));

    zip.write(begin);
    for (let written = 0; written < bytes; written += block.length)
        if (!zip.write(block))
            await once(zip, 'drain');
    zip.end(end);
    await once(out, 'close');
    return path;
}

const NOTHING = /^$/;

test('a gzip that is cut', async (t) => {
    const whole = gzipSync(HEADER + GOOD.repeat(200000));

    await refused(t, file('cut.csv.gz', whole.subarray(0, whole.length / 2)), NOTHING,
                  /The gzip data end too early: the file is cut\./);
});

test('a text that is cut within quotes costs its last row', async (t) => {
    await refused(t, file('cut.csv', `${HEADER}${GOOD.repeat(1000)}2026-03-02,"TILL`),
                  /^line 1002, column "sku": a quote is not closed within 64 kB\n/,
                  /1 row was rejected, so nothing is imported/);
});

test('another encoding from the middle on', async (t) => {
    const text = Buffer.concat([Buffer.from(HEADER + '2026-03-02,Säge,1,DEFECTIVE\n'.repeat(3000)),
                                Buffer.from('2026-03-02,Säge,1,DEFECTIVE\n', 'latin1')]);

    await refused(t, file('torn.csv', text), NOTHING,
                  /The file begins as UTF-8 and is none from byte 87044 on: it is damaged, or says its encoding by the option encoding\./);
});

test('a byte that the encoding does not have', async (t) => {
    await refused(t, file('gap.csv', Buffer.concat([Buffer.from(HEADER + GOOD), Buffer.from([0x81, 0x0a])])), NOTHING,
                  /The file is not all Windows-1252: at byte 63 there is a byte that is no character of the encoding\./);
});

test('amounts with both marks', async (t) => {
    await refused(t, file('mixed.csv', 'ship date;item;quantity;country;currency;price\n' +
        '2026-04-01;T;1;DE;EUR;1.234,50\n2026-04-01;T;1;DE;EUR;1,234.50\n'), NOTHING,
                  /The column "price" writes amounts both with a comma and with a dot before the decimals; see line 3\./);
});

test('days that could be months are a question with its answers', async (t) => {
    await refused(t, file('either.csv', `${HEADER}03/04/2026,T,1,DEFECTIVE\n`), NOTHING,
                  /The column "return-date" could be read with the day or with the month first; see line 2\. Say which by the option date_order=dmy or date_order=mdy\./);
});

test('formulas', async (t) => {
    await refused(t, file('formula.csv', `${HEADER}${GOOD}2026-03-02,"=HYPERLINK(""http://evil.example"")",1,DEFECTIVE\n` +
        '2026-03-02,@SUM(A1),1,DEFECTIVE\n2026-03-02,TILL-52,1,"+cmd|\' /C calc\'!A0"\n'),
                  /^line 3, column "sku": begins like a formula of a spreadsheet\nline 4, column "sku": begins.*\nline 5, column "reason": begins.*\n/,
                  /3 rows were rejected/);
});

test('a line of a gigabyte', async (t) => {
    const path = await packed('line.csv.gz', `${HEADER}${GOOD}`, Buffer.alloc(MB, 'A'), 1024 * MB, `\n${GOOD}`);

    await refused(t, path, /^line 3, column "return-date": the line is longer than 64 kB\nrows read +3\n/,
                  /1 row was rejected/);
});

test('a header of a gigabyte', async (t) => {
    const path = await packed('header.csv.gz', '', Buffer.alloc(MB, 'A'), 1024 * MB);

    await refused(t, path, NOTHING, /The first line is longer than 64 kB\./);
});

test('a gigabyte of NULs, which takes no room on the disk', async (t) => {
    const path = file('sparse.csv', HEADER);

    truncateSync(path, 1024 * MB);
    await refused(t, path, NOTHING, /At byte 32 there is a NUL byte: this is no text\./);
});

test('ten million columns, in the header and in a row', async (t) => {
    await refused(t, file('wide.csv', `${','.repeat(1e7)}\n${GOOD}`), NOTHING, /The first line is longer than 64 kB\./);
    await refused(t, file('wide.csv', `${HEADER}${GOOD}${','.repeat(1e7)}\n${GOOD}`),
                  /^line 3, column 512: more than 512 columns\nrows read +3\n/, /1 row was rejected/);
});

test('two files in one, of one format and of two', async (t) => {
    const orders = readFileSync(sample('formats/replacements.tsv'), 'utf8');
    const returns = readFileSync(sample('formats/fba_returns.tsv'), 'utf8');

    await refused(t, file('twice.tsv', returns + returns), NOTHING,
                  /Line 5 is the header again: the file is several in one\./);
    await refused(t, file('both.tsv', returns + orders), NOTHING,
                  /Line 5 is the header of another format, replacements: the file is several in one\./);
});

test('a gzip of a few kilobytes that holds a gigabyte', async (t) => {
    const path = await packed('bomb.csv.gz', HEADER, Buffer.from(GOOD.repeat(10000)), 1024 * MB);

    await refused(t, path, NOTHING, /The file, unpacked, is larger than an import may be\./,
                  { settings: { import_megabytes: 64 } });
});

test('what is no text at all', async (t) => {
    const noise = Buffer.from(Array.from({ length: 300000 }, (_, i) => (i * i * 31 + i + 7) % 251));

    await refused(t, file('noise.bin', noise), NOTHING, /The file is not all Windows-1252: at byte 32 there is a byte that is no character of the encoding\./);
    await refused(t, file('sheet.xlsx', Buffer.concat([Buffer.from('PK\x03\x04'), noise])), NOTHING,
                  /This is a zip archive or a spreadsheet: unpack it, or save the sheet as CSV\./);
    await refused(t, file('wide.txt', Buffer.from(HEADER + GOOD, 'utf16le')), NOTHING,
                  /At byte 1 there is a NUL byte: this is no text\./);
});

test('half a million bad rows are all told, and take no more memory', async (t) => {
    const rejects = file('rejects.csv', '');
    const path = file('rows.csv', HEADER + '2026-03-02,TILL-52,many,DEFECTIVE\n'.repeat(500000));

    await refused(t, path, /^(line .*\n){20}and 499980 more rejected rows: --dry-run tells them all\n/,
                  /500000 rows were rejected/, { options: ['--line', 'machines', '--rejects', rejects] });
    assert.equal(readFileSync(rejects, 'utf8').split('\r\n').length, 500002);
});

test('a hundred thousand reasons that nobody knows are kept, and the first of them told', async (t) => {
    const rows = Array.from({ length: 100000 }, (_, i) => `2026-03-02,TILL-52,1,REASON_${i}\n`);
    const { code, stdout, peak } = await watched(['--dry-run', '--line', 'machines', file('codes.csv', HEADER + rows.join(''))]);

    t.diagnostic(`${(peak / 1024).toFixed(1)} MB`);
    assert.equal(code, 0, stdout);
    assert.equal(stdout.match(/ REASON_\d+, unknown \(not known\)$/gm).length, 500);
    assert.match(stdout, /^warning: A code is not known: it is kept as it is, and counts as unknown \(100000 rows\)\.$/m);
    assert.ok(peak < MEMORY_KB, `${peak} kB`);
});

test('a file of a hundred megabytes is imported in the same memory', async (t) => {
    const path = await packed('large.csv.gz', 'p,q,d,remark\n',
                              Buffer.from(`P-1,1,2025-01-10,"${'.'.repeat(200)}"\n`.repeat(4000)), 100 * MB);
    const map = file('map.json', mapping());
    const { code, stderr, peak } = await watched(['--dry-run', '--map', map, path]);

    t.diagnostic(`${(peak / 1024).toFixed(1)} MB`);
    assert.equal(code, 0, stderr);
    assert.ok(peak < MEMORY_KB, `${peak} kB`);
});
