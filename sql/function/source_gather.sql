-- Gathers the rows of the touched groups in source_line, with their money in the reporting
-- currency. What was posted for one of them together with others is taken back, for from now on
-- the ledger names the group. Only source_reconcile() calls it.
CREATE OR REPLACE FUNCTION source_gather(reporting text)
RETURNS void
LANGUAGE plpgsql
AS $$
#variable_conflict use_column
BEGIN
    INSERT INTO source_group (grp, product)
    SELECT DISTINCT grp, product FROM source_touched;
    ANALYZE source_group;
    WITH apart AS (
        UPDATE source_row AS r
           SET posted_minor = NULL
          FROM source_group AS g
          JOIN source_row AS o ON o.grp = g.grp AND o.product = g.product AND o.posted_minor IS NOT NULL
         WHERE r.key = o.key
        RETURNING o.product, o.country, o.channel, o.lot, o.shipped_on, o.units, o.posted_minor
    )
    INSERT INTO source_cell (product, country, channel, lot, shipped_on, units, money_minor)
    SELECT product, country, channel, lot, shipped_on, -sum(units), -sum(posted_minor)
      FROM apart
     WHERE units > 0
     GROUP BY product, country, channel, lot, shipped_on;

    TRUNCATE source_amount, source_rate;
    INSERT INTO source_amount (currency, day, rows)
    SELECT r.currency, CASE r.kind WHEN 'shipment' THEN r.shipped_on ELSE r.came_on END, count(*)
      FROM source_group AS g
      JOIN source_row AS r ON r.grp = g.grp AND r.product = g.product
     WHERE r.currency <> reporting AND r.money_minor <> 0
     GROUP BY 1, 2;
    PERFORM source_price(reporting);
    INSERT INTO source_line (grp, product, key, kind, own, country, channel, lot, shipped_on, came_on, class, reason,
                             units, rank, restocked, reimbursed, money)
    SELECT r.grp, r.product, r.key, r.kind, r.own, r.country, r.channel, r.lot, r.shipped_on, r.came_on, r.class,
           r.reason, r.units, r.rank, r.restocked, r.reimbursed,
           CASE WHEN r.money_minor = 0 OR r.currency = reporting THEN r.money_minor
                ELSE round(coalesce(r.money_minor * x.factor, 0)) END
      FROM source_group AS g
      JOIN source_row AS r ON r.grp = g.grp AND r.product = g.product
      LEFT JOIN source_rate AS x ON x.currency = r.currency
                                AND x.day = CASE r.kind WHEN 'shipment' THEN r.shipped_on ELSE r.came_on END;
    ANALYZE source_line;
END
$$;
