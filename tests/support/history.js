// Histories of product lines, made of simple numbers, straight into the ledger.

import { setTimeout as sleep } from 'node:timers/promises';

const quoted = (value) => (value === undefined || value === null ? 'NULL' : `'${String(value).replaceAll("'", "''")}'`);

/** A month moved by some months: month('2026-11', -1) is '2026-10'. */
export function month(from, by) {
    const months = Number(from.slice(0, 4)) * 12 + Number(from.slice(5, 7)) - 1 + by;

    return `${Math.floor(months / 12)}-${String((months % 12) + 1).padStart(2, '0')}`;
}

const after = (day, days) => new Date(Date.parse(day) + 864e5 * days).toISOString().slice(0, 10);

const COST = {
    valid_from: '2020-01-01', currency: 'EUR', price_minor: 10000, cogs_minor: 5000, outbound_minor: 500, fees_minor: 1500,
    inbound_minor: 500, inspect_minor: 200, repair_minor: 300, recovery_minor: 2000,
};

/** A product line, with one model of the same code in upper case unless `models` are told; `cost` null: none. Gives its id. */
export async function makeLine(api, code, { family = 'general', cost = {}, fee_category, models = [code.toUpperCase()] } = {}) {
    const id = (await api.sql(`INSERT INTO product_line (public_id, code, name, family, fee_category)
        VALUES (new_id('lin'), ${quoted(code)}, ${quoted(`Line ${code}`)}, ${quoted(family)}, ${quoted(fee_category)})
        RETURNING public_id`));
    const full = { ...COST, ...cost };

    await api.sql(`INSERT INTO product (public_id, line, model, name, listed)
        SELECT new_id('prd'), id, model, ${quoted(code)}, false
          FROM product_line, unnest(ARRAY[${models.map(quoted)}]) AS model WHERE code = ${quoted(code)}`);
    if (cost)
        await api.sql(`INSERT INTO line_cost (line, ${Object.keys(full).join(', ')})
            SELECT id, ${Object.values(full).map(quoted).join(', ')} FROM product_line WHERE code = ${quoted(code)}`);
    return id;
}

/**
 * Post events: [{ model, shipped: day, came: day, units, class, lot, country, channel, reason }];
 * without a class the units were shipped. Folds them as well.
 */
export async function post(api, events) {
    const rows = events.filter(({ units }) => units).map((e) => `(${[
        quoted(e.model), `${quoted(e.shipped)}::date`, `${quoted(e.came ?? e.shipped)}::date`, quoted(e.class), e.units,
        quoted(e.lot ?? ''), quoted(e.country ?? 'DE'), quoted(e.channel ?? 'online'), quoted(e.reason ?? ''), e.money ?? 0,
    ].join(', ')})`);

    await api.sql(`WITH p AS (INSERT INTO posting DEFAULT VALUES RETURNING id)
        INSERT INTO unit_event (posting, product, country, channel, lot, ship_day, event_day, class, reason, units, money_minor)
        SELECT p.id, product.id, e.country, e.channel, e.lot, e.shipped, e.came, e.class, e.reason, e.units, e.money
          FROM p, (VALUES ${rows.join(',\n')}) AS e (model, shipped, came, class, units, lot, country, channel, reason, money)
          JOIN product ON product.model = e.model`);
    await api.sql('SELECT rollup_fold()');
    await api.folded();
}

/**
 * A line without costs and its events, [{ shipped: day, age: days, units, class, model, lot ... }]; its id. Without a class
 * units were shipped; with an age of null nobody knows when they were, and they came back on `shipped`.
 */
export async function history(api, code, events, { family } = {}) {
    const all = events.map(({ shipped, age = 0, model = `${code}-1`, ...event }) => ({
        ...event, model, shipped: age === null ? null : shipped, came: after(shipped, age ?? 0),
    }));
    const id = await makeLine(api, code, { family, cost: null, models: [...new Set(all.map(({ model }) => model))] });

    await post(api, all);
    return id;
}

/** Months of shipment that end two months before `now`: two lots of 200 units each; `faults(n, lot)` at lags 1 and 2. */
export const lots = (now, model, months, faults) => Array.from({ length: months }, (_, n) => month(now, n - months - 2)).flatMap((shipped, n) =>
    ['A', 'B'].flatMap((half) => [
        { model, shipped: `${shipped}-05`, lot: `L${n}${half}`, units: 200 },
        ...[1, 2].map((lag) => ({
            model, shipped: `${shipped}-05`, came: `${month(shipped, lag)}-20`, class: 'fault', lot: `L${n}${half}`,
            units: faults(n, half),
        })),
    ]));

/** Wait until all lines are judged by what is known now; the daemon needs flag_seconds 0. */
export async function judged(api, within = 20000) {
    for (const end = Date.now() + within; Date.now() < end; await sleep(50))
        if (await api.sql(`SELECT (f.data_version, f.settings_version, f.as_of)
                                  IS NOT DISTINCT FROM (r.version, s.version, (now() AT TIME ZONE 'UTC')::date)
                             FROM flag_run AS f, rollup_state AS r, settings_state AS s`) === 't')
            return;
    throw new Error(`the lines were not judged within ${within} ms`);
}

/** Days pass for the flags of a line, and all is judged anew. */
export async function pass(api, days) {
    await api.sql(`UPDATE flag SET clean_since = clean_since - ${days}`);
    await api.sql('UPDATE flag_run SET data_version = NULL');
    await judged(api);
}
