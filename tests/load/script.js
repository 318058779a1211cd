// What pgbench runs: the daemon's statements with arguments like the daemon's.

import { idOf, pickDigits } from './identity.js';
import { statement } from './statement.js';

const READER = [':viewer_role', ':viewer'];
const PIPELINED = 20;

const lines = (...parts) => `${parts.join('\n').trimEnd()}\n`;

const getOne = (facts) => lines(pickDigits('r', facts.returns), statement('return_get', [...READER, idOf('ret', 'r')]));

/** One more row than is shown, as the daemon asks to know whether a page follows. */
const list = () => statement('return_list', [null, null, null, null, null, '21']);
/** Two statements: facts of the lines, and their history as of today. */
const rates = () => lines(statement('line_fact_list', [null, 'false', null, null, null, null, "'EUR'"]),
                          statement('line_history_list', [null, 'false', null, null, null, null, null, null, null, null, null,
                                                          ':today', null, ':since', '12', '0']));

/**
 * Digits nobody has used: random ones for ids and hashes, counted ones for the
 * number, the key and the serial. The clients of a cell count in turns, so that
 * all of them fit into the cell's room however many they are.
 */
const FRESH = lines(
    '\\set k :base + :i * :clients + :client_id',
    '\\set i :i + 1',
    ...['a', 'b', 'c'].map((name) => `\\set ${name} random(1000000000000000000, 9223372036854775806)`),
);

/** Thirty-two bytes in hexadecimal. */
const hashOf = (name) => `:zeros || :${name}::text`;
const NUMBER = "'R-' || left(:k::text, 4) || '-' || substr(:k::text, 5, 4) || '-' || right(:k::text, 1)";
const KEY = "'load-pgbench-' || :k::text";
const SERIAL = "'P' || :k::text";

const claim = () => statement('idempotency_claim', [':scope', KEY, hashOf('c')]);
const store = () => statement('idempotency_store', [
    ':scope', KEY, hashOf('c'), ':status', `'/api/v1/returns/' || ${idOf('ret', 'a')}`, ':etag', ':body',
]);

/** pgbench knows no lists: one of the variables product1, product2, ... */
const product = ({ products }) => `(ARRAY[${products.map((_, i) => `:product${i + 1}::text`).join(', ')}])[:p]`;

const file = (facts) => statement('return_file', [
    idOf('ret', 'a'), NUMBER, idOf('evt', 'b'), ':token', hashOf('b'), product(facts), SERIAL, ':reason',
    ':description', ':country', ':channel', SERIAL, ':name', ':email', ':phone', ':locale',
]);

const post = (facts, begin, end) =>
    lines(FRESH, `\\set p random(1, ${facts.products.length})`, begin, claim(), file(facts), store(), end);

/** Today, and the first of the month two years before. */
function days(now) {
    const since = new Date(Date.UTC(now.getUTCFullYear() - 2, now.getUTCMonth(), 1));

    return { today: now.toISOString().slice(0, 10), since: since.toISOString().slice(0, 10) };
}

/** The values that stay the same, as pgbench variables. */
export const variables = (facts, account, body) => ({
    ...Object.fromEntries(facts.products.map((id, i) => [`product${i + 1}`, id])),
    viewer_role: 'agent',
    viewer: account,
    i: 0,
    zeros: `\\x${'0'.repeat(45)}`,
    scope: 'return_file anyone ',
    status: 201,
    etag: '"v1-json"',
    body,
    token: 'A'.repeat(43),
    reason: 'failed_in_use',
    description: 'Stops after ten minutes of work and does not start again while it is warm.',
    country: facts.country,
    channel: 'online',
    name: 'Lou Load',
    email: 'lou@customer.example',
    phone: '+4930123456',
    locale: 'en',
    ...days(new Date()),
});

export function scripts(facts) {
    const plain = {
        get: { name: 'get', text: getOne(facts) },
        list: { name: 'list', text: list() },
        rates: { name: 'rates', text: rates() },
        post: { name: 'post', text: post(facts, 'BEGIN;', 'COMMIT;') },
    };

    return {
        ...plain,
        mixed: [{ ...plain.get, weight: 7 }, { ...plain.list, weight: 2 }, { ...plain.post, weight: 1 }],
        get_pipelined: {
            name: 'get_pipelined',
            text: lines('\\startpipeline', ...Array(PIPELINED).fill(getOne(facts)), '\\endpipeline'),
        },
        // A pipeline without BEGIN is one transaction too.
        post_pipelined: { name: 'post_pipelined', text: post(facts, '\\startpipeline', '\\endpipeline') },
    };
}

export { PIPELINED };
