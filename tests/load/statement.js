// pgbench scripts from the very statements that the daemon prepares.

import { readFileSync } from 'node:fs';
import { QUERIES } from './settings.js';

/** The statements of build/queries.sql by name: { types, text }. */
function statements() {
    const found = {};

    for (const [, name, types, text] of
         readFileSync(QUERIES, 'utf8').matchAll(/^PREPARE (\w+)(?: ?\(([^)]*)\))? AS\n([\s\S]*?);\n(?=PREPARE |$(?![\s\S]))/gm))
        found[name] = { types: (types ?? '').split(', '), text };
    return found;
}

/** A colon in a literal or a comment would be taken for a variable. */
function assertNoVariable(name, text) {
    if (/(?<!:):[A-Za-z0-9_]/.test(text))
        throw new Error(`sql/query/${name}.sql: pgbench would take a colon in it for a variable.`);
}

/**
 * The statement `name` for pgbench. `args` are SQL expressions over pgbench's
 * variables, one a parameter; null is passed as NULL: pgbench binds NULL for a
 * variable that was never set.
 */
export function statement(name, args) {
    const { types, text } = statements()[name] ?? {};

    if (!text)
        throw new Error(`${QUERIES} has no statement ${name}: type 'make build'.`);
    if (types.length !== args.length)
        throw new Error(`The statement ${name} takes ${types.length} parameters, tests/load passes ${args.length}.`);
    const plain = text.replace(/^\s*--.*\n/gm, '');

    assertNoVariable(name, plain);
    return `${plain.trim().replace(/\$(\d+)/g, (_, n) => {
        const type = types[n - 1];

        return args[n - 1] === null ? `:never_set::${type}` : `(${args[n - 1]})::${type}`;
    })};\n`;
}
