-- Makes the ledger tell what the rows say now: the shipments in source_cell, added up; and of
-- each group in source_touched the events that ought to be there, less those that are. One
-- posting. Returns how many events it posted.
CREATE OR REPLACE FUNCTION source_reconcile(import_key bigint, reporting text)
RETURNS bigint
LANGUAGE plpgsql
AS $$
#variable_conflict use_column
DECLARE
    posting_key bigint;
    together    bigint;
    apart       bigint := 0;
BEGIN
    IF EXISTS (SELECT FROM source_touched) THEN
        PERFORM source_gather(reporting);
    ELSIF NOT EXISTS (SELECT FROM source_cell) THEN
        RETURN 0;
    END IF;
    INSERT INTO posting (import) VALUES (import_key) RETURNING id INTO posting_key;
    INSERT INTO unit_event (posting, product, country, channel, lot, ship_day, event_day, units, money_minor)
    SELECT posting_key, product, country, channel, lot, shipped_on, shipped_on, sum(units), sum(money_minor)
      FROM source_cell
     GROUP BY product, country, channel, lot, shipped_on
    HAVING sum(units) <> 0 OR sum(money_minor) <> 0;
    GET DIAGNOSTICS together = ROW_COUNT;
    IF EXISTS (SELECT FROM source_group) THEN
        INSERT INTO unit_event (posting, source, product, country, channel, lot, ship_day, event_day, class, reason, units,
                                money_minor)
        SELECT posting_key, d.grp, d.product, d.country, d.channel, d.lot, d.ship_day, d.event_day, d.class, d.reason,
               sum(d.units), sum(d.money_minor)
          FROM (SELECT grp, product, country, channel, lot, ship_day, event_day, class, reason, units, money_minor
                  FROM source_events()
                 UNION ALL
                SELECT g.grp, g.product, e.country, e.channel, e.lot, e.ship_day, e.event_day, e.class, e.reason, -e.units,
                       -e.money_minor
                  FROM source_group AS g
                  JOIN unit_event AS e ON e.source = g.grp AND e.product = g.product) AS d
         GROUP BY d.grp, d.product, d.country, d.channel, d.lot, d.ship_day, d.event_day, d.class, d.reason
        HAVING sum(d.units) <> 0 OR sum(d.money_minor) <> 0;
        GET DIAGNOSTICS apart = ROW_COUNT;
    END IF;
    RETURN together + apart;
END
$$;
