-- Posts staged rows that nothing identifies: added up, so that they can be told apart by their
-- import only. Returns how many events it posted.
CREATE OR REPLACE FUNCTION import_post(import_key bigint, reporting text)
RETURNS bigint
LANGUAGE plpgsql
AS $$
#variable_conflict use_column
DECLARE
    posting_key bigint;
    events      bigint;
BEGIN
    -- Few cells of many rows: they are added up before anything is looked up for them.
    INSERT INTO staged_cell (kind, sku, country, channel, lot, shipped_on, came_on, class, reason, currency, rows, units,
                             money_minor)
    SELECT kind, sku, country, channel, lot, shipped_on, came_on, class, reason, currency, count(*), sum(units),
           sum(money_minor)
      FROM staged_row
     GROUP BY kind, sku, country, channel, lot, shipped_on, came_on, class, reason, currency;
    INSERT INTO source_amount (currency, day, rows)
    SELECT currency, coalesce(came_on, shipped_on), rows
      FROM staged_cell
     WHERE currency <> reporting AND money_minor <> 0;
    PERFORM source_price(reporting);

    INSERT INTO posting (import) VALUES (import_key) RETURNING id INTO posting_key;
    INSERT INTO unit_event (posting, product, country, channel, lot, ship_day, event_day, class, reason, units, money_minor)
    SELECT posting_key, k.product, c.country, c.channel, c.lot, c.shipped_on, coalesce(c.came_on, c.shipped_on), c.class,
           c.reason, sum(c.units),
           sum(CASE WHEN c.currency = reporting THEN c.money_minor ELSE round(coalesce(c.money_minor * x.factor, 0)) END)
      FROM staged_cell AS c
      JOIN staged_sku AS k ON k.sku = c.sku
      LEFT JOIN source_rate AS x ON x.currency = c.currency AND x.day = coalesce(c.came_on, c.shipped_on)
     GROUP BY k.product, c.country, c.channel, c.lot, c.shipped_on, c.came_on, c.class, c.reason
    HAVING sum(c.units) <> 0;
    GET DIAGNOSTICS events = ROW_COUNT;
    RETURN events;
END
$$;
