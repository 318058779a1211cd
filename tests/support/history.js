// Lines whose past is made for a test: what was shipped, and what came back at which age.

const literal = (value) => (value === null || value === undefined ? 'NULL' : `'${String(value).replaceAll("'", "''")}'`);

/**
 * Add a line with events and wait until they are counted; its public id. An event without a
 * class is a shipment; one without `age` is of a unit whose day of shipment is not known, and
 * happened on `shipped`.
 */
export async function history(api, code, events, { family = 'general' } = {}) {
    const line = await api.sql(`INSERT INTO product_line (public_id, code, name, family)
        VALUES (new_id('lin'), ${[code, code, family].map(literal)}) RETURNING public_id`);
    const models = [...new Set(events.map(({ model = `${code}-1` }) => model))];
    const rows = events.map(({ shipped, age = 0, units, model = `${code}-1`, country = 'DE', channel = 'online', lot = '',
                               reason = '', money = 0, ...event }) =>
        `(${[model, country, channel, lot].map(literal)}, date ${literal(shipped)}, ${age ?? 'NULL'}::integer, `
        + `${literal(event.class)}, ${literal(reason)}, ${units}, ${money})`);

    await api.sql(`
        INSERT INTO product (public_id, line, model, name, listed)
        SELECT new_id('prd'), line.id, model, model, false
          FROM product_line AS line, unnest(ARRAY[${models.map(literal)}]) AS model
         WHERE line.public_id = ${literal(line)};
        WITH posted AS (INSERT INTO posting DEFAULT VALUES RETURNING id)
        INSERT INTO unit_event (posting, product, country, channel, lot, ship_day, event_day, class, reason, units, money_minor)
        SELECT posted.id, product.id, e.country, e.channel, e.lot, CASE WHEN e.age IS NOT NULL THEN e.shipped END,
               e.shipped + coalesce(e.age, 0), e.class, e.reason, e.units, e.money
          FROM posted, (VALUES ${rows.join(',\n')})
               AS e (model, country, channel, lot, shipped, age, class, reason, units, money)
          JOIN product USING (model)`);
    await api.sql('SELECT rollup_fold()');
    await api.folded();
    return line;
}
