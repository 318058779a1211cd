// Names that pgbench can work out as well: it knows whole numbers only.
//
// The big database's returns get public ids whose digits follow from their rank,
// scattered over the whole range like random ones. So both sides ask for random
// rows, and neither has to look an id up first. load.lua and pgbench's \set
// lines do the same sum.

export const FACTOR = 2654435761;
export const PRIME = 999999937; // the largest below a thousand million
export const ZEROS = '0000000'; // seven, and nineteen digits

/** SQL that renumbers the returns by rank. */
export const RENUMBER = `
UPDATE return
   SET public_id = 'ret_${ZEROS}1' || lpad(scattered::text, 9, '0') || lpad(scattered::text, 9, '0')
  FROM (SELECT id, row_number() OVER (ORDER BY id) * ${FACTOR} % ${PRIME} AS scattered FROM return) AS ranked
 WHERE ranked.id = return.id`;

/** pgbench lines that set `name` to the digits of a random row out of `count`. */
export const pickDigits = (name, count) => [
    `\\set ${name} random(1, ${count}) * ${FACTOR} % ${PRIME}`,
    `\\set ${name} 1000000000000000000 + :${name} * 1000000000 + :${name}`,
].join('\n');

/** SQL for the id with the digits that a pgbench variable holds. */
export const idOf = (prefix, name) => `'${prefix}_${ZEROS}' || :${name}::text`;
