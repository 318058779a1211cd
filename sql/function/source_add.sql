-- Adds the staged rows that are new to source_row. The event of a shipment follows from its row
-- alone as long as its group is not in source_touched: such are added up into source_cell. Only
-- source_merge() calls it. Returns how many were new. They go in by the order of their key, which
-- is that of an index, and in a file none.
CREATE OR REPLACE FUNCTION source_add(import_key bigint, reporting text)
RETURNS bigint
LANGUAGE plpgsql
AS $$
#variable_conflict use_column
DECLARE
    added bigint;
BEGIN
    WITH added_row AS (
        INSERT INTO source_row (key, hash, import, kind, own, parent, grp, product, country, channel, lot, shipped_on,
                                came_on, class, reason, units, money_minor, currency, rank, restocked, reimbursed,
                                posted_minor)
        SELECT s.key, s.hash, import_key, s.kind, s.own, s.parent, s.own, k.product, s.country, s.channel, s.lot,
               s.shipped_on, s.came_on, s.class, s.reason, s.units, s.money_minor, s.currency, s.rank, s.restocked,
               s.reimbursed,
               CASE WHEN s.kind <> 'shipment' OR s.came_on IS NOT NULL OR t.grp IS NOT NULL THEN NULL
                    WHEN s.money_minor = 0 OR s.currency = reporting THEN s.money_minor
                    ELSE round(coalesce(s.money_minor * x.factor, 0))::bigint END
          FROM staged_row AS s
          JOIN staged_sku AS k ON k.sku = s.sku
          LEFT JOIN source_touched AS t ON t.grp = s.own AND t.product = k.product
          LEFT JOIN source_rate AS x ON x.currency = s.currency AND x.day = s.shipped_on
          LEFT JOIN source_known AS n ON n.line = s.line
         WHERE n.line IS NULL
         ORDER BY s.key
        RETURNING product, country, channel, lot, shipped_on, units, posted_minor
    ), cell AS (
        INSERT INTO source_cell (product, country, channel, lot, shipped_on, units, money_minor)
        SELECT product, country, channel, lot, shipped_on, sum(units), sum(posted_minor)
          FROM added_row
         WHERE posted_minor IS NOT NULL AND units > 0
         GROUP BY product, country, channel, lot, shipped_on
    )
    SELECT count(*) INTO added FROM added_row;
    RETURN added;
END
$$;
