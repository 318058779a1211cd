// What was uploaded to the service, imported piece by piece out of the database.

import { strict as assert } from 'node:assert';
import { readFileSync } from 'node:fs';
import { before, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { Database, sample } from './helper.js';

const ORDERS = sample('formats/all_orders.tsv');

let database;

before(async () => {
    database = await Database.create();
    await database.line('machines');
    // Made by the service's own migration where there is one.
    await database.sql(`CREATE TABLE IF NOT EXISTS upload_piece (upload text NOT NULL, n integer NOT NULL, bytes bytea NOT NULL,
        PRIMARY KEY (upload, n))`);
});

/** A public id that ends in a letter. */
const id = (letter) => `upl_${'0'.repeat(25)}${letter}`;

/** Upload bytes in pieces of a size, in whatever order they arrive. */
async function upload(name, bytes, size) {
    const pieces = [];

    for (let at = 0; at < bytes.length; at += size)
        pieces.push(`('${name}', ${pieces.length}, '\\x${bytes.subarray(at, at + size).toString('hex')}')`);
    await database.sql(`INSERT INTO upload_piece (upload, n, bytes) VALUES ${pieces.reverse().join(', ')}`);
}

const imported = (name, ...options) => database.run('--line', 'machines', ...options, `upload:${name}`);

test('an upload in pieces is the file that it was', async () => {
    await upload(id('a'), readFileSync(ORDERS), 100);
    const { status, stdout, stderr } = imported(id('a'));

    assert.equal(status, 0, stderr);
    assert.match(stdout, /^rows read +6$/m);
    assert.match(database.run('--line', 'machines', ORDERS).stdout, /Nothing to do: this file was imported in this way before/);
});

test('neither the size of its pieces nor gzip makes another file of it', async () => {
    await upload(id('b'), gzipSync(readFileSync(ORDERS)), 64);
    assert.match(imported(id('b')).stdout, /Nothing to do: this file was imported in this way before/);
});

test('a piece that is missing at the end is a cut file', async () => {
    const whole = gzipSync(readFileSync(ORDERS));

    await upload(id('c'), whole.subarray(0, 300), 100);
    const { status, stderr } = imported(id('c'));

    assert.equal(status, 1);
    assert.match(stderr, /The gzip data end too early: the file is cut\./);
});

test('what was never uploaded is told', () => {
    const { status, stderr } = imported(id('z'));

    assert.equal(status, 1);
    assert.match(stderr, /Nothing was uploaded as upl_0{25}z\./);
});
