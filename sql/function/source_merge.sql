-- Brings the staged rows into source_row: those that are new, and those that say something else
-- than before, whose earlier state goes to the history. New shipments about which nothing else
-- is known are left in source_cell, added up, to be posted together; the groups, each of an order
-- and a product, that may have other events than before are left in source_touched. Returns how
-- many rows were new, changed and unchanged.
CREATE OR REPLACE FUNCTION source_merge(import_key bigint, reporting text)
RETURNS TABLE (new bigint, changed bigint, unchanged bigint)
LANGUAGE plpgsql
AS $$
#variable_conflict use_column
DECLARE
    linked  boolean;
    foreign_money boolean;
    -- That of all shipments of a file, mostly.
    highest smallint;
BEGIN
    INSERT INTO source_known (line, key, grp, product, own, changed)
    SELECT s.line, s.key, r.grp, r.product, r.own,
           (s.hash, k.product, s.shipped_on, s.came_on) IS DISTINCT FROM
           (r.hash, r.product, r.shipped_on, r.came_on)
      FROM staged_row AS s
      JOIN staged_sku AS k ON k.sku = s.sku
      JOIN source_row AS r ON r.key = s.key;
    ANALYZE source_known;

    SELECT max(rank) FILTER (WHERE kind = 'shipment'), coalesce(bool_or(parent IS NOT NULL), false),
           bool_or(currency <> reporting)
      INTO highest, linked, foreign_money
      FROM staged_row;
    linked := linked OR EXISTS (SELECT FROM source_row WHERE parent IS NOT NULL);
    IF linked THEN
        PERFORM source_move_begin();
    END IF;
    INSERT INTO source_touched (grp, product)
    SELECT DISTINCT s.own, k.product
      FROM staged_row AS s
      JOIN staged_sku AS k ON k.sku = s.sku
     WHERE NOT EXISTS (SELECT FROM source_known AS n WHERE n.line = s.line)
       AND (s.kind <> 'shipment' OR s.came_on IS NOT NULL OR s.rank < highest
            OR EXISTS (SELECT FROM source_row AS r WHERE r.grp = s.own)
            OR (linked AND EXISTS (SELECT FROM source_row AS r WHERE r.own = s.own AND r.parent IS NOT NULL)));
    ANALYZE source_touched, source_rate;
    IF foreign_money THEN
        INSERT INTO source_amount (currency, day, rows)
        SELECT currency, shipped_on, count(*)
          FROM staged_row
         WHERE kind = 'shipment' AND currency <> reporting AND money_minor <> 0
         GROUP BY currency, shipped_on;
        PERFORM source_price(reporting);
    END IF;
    new := source_add(import_key, reporting);
    PERFORM source_restate(import_key);
    IF linked THEN
        PERFORM source_move_end();
    END IF;
    SELECT count(*) FILTER (WHERE n.changed), count(*) FILTER (WHERE NOT n.changed)
      INTO changed, unchanged
      FROM source_known AS n;
    RETURN NEXT;
END
$$;
