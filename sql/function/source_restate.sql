-- Puts what staged rows say now in the place of what they said before, which goes to the
-- history, and out of source_cell if it was posted together with others. Only source_merge()
-- calls it, which has found them out: they are in source_known.
CREATE OR REPLACE FUNCTION source_restate(import_key bigint)
RETURNS void
LANGUAGE plpgsql
AS $$
#variable_conflict use_column
BEGIN
    IF NOT EXISTS (SELECT FROM source_known WHERE changed) THEN
        RETURN;
    END IF;
    INSERT INTO source_row_history (key, hash, import, superseded_by, kind, own, parent, grp, product, country,
                                    channel, lot, shipped_on, came_on, class, reason, units, money_minor, currency,
                                    rank, restocked, reimbursed)
    SELECT r.key, r.hash, r.import, import_key, r.kind, r.own, r.parent, r.grp, r.product, r.country, r.channel,
           r.lot, r.shipped_on, r.came_on, r.class, r.reason, r.units, r.money_minor, r.currency, r.rank,
           r.restocked, r.reimbursed
      FROM source_known AS n
      JOIN source_row AS r ON r.key = n.key
     WHERE n.changed;
    INSERT INTO source_cell (product, country, channel, lot, shipped_on, units, money_minor)
    SELECT r.product, r.country, r.channel, r.lot, r.shipped_on, -r.units, -r.posted_minor
      FROM source_known AS n
      JOIN source_row AS r ON r.key = n.key
     WHERE n.changed AND r.posted_minor IS NOT NULL AND r.units > 0;
    UPDATE source_row AS r
       SET hash = s.hash, import = import_key, kind = s.kind, own = s.own, parent = s.parent,
           grp = CASE WHEN r.own = s.own THEN r.grp ELSE s.own END, product = k.product, country = s.country,
           channel = s.channel, lot = s.lot, shipped_on = s.shipped_on, came_on = s.came_on, class = s.class,
           reason = s.reason, units = s.units, money_minor = s.money_minor, currency = s.currency, rank = s.rank,
           restocked = s.restocked, reimbursed = s.reimbursed, posted_minor = NULL
      FROM source_known AS n
      JOIN staged_row AS s ON s.line = n.line
      JOIN staged_sku AS k ON k.sku = s.sku
     WHERE n.changed AND r.key = n.key;
    INSERT INTO source_touched (grp, product)
    SELECT n.grp, n.product
      FROM source_known AS n
     WHERE n.changed
     UNION
    SELECT r.grp, r.product
      FROM source_known AS n
      JOIN source_row AS r ON r.key = n.key
     WHERE n.changed;
END
$$;
