-- The units of a line by day of shipment (class NULL), and their events by age in days. NULL for
-- a filter asks for all. Not to be inlined: a plan that names all years of the cells takes
-- milliseconds to set up.
CREATE OR REPLACE FUNCTION day_count(line bigint, only_country text, only_channel text, only_lot text, only_product bigint,
                                     serials text[])
RETURNS TABLE (product bigint, country text, channel text, lot text, ship_day date, age_day integer, class text,
               reason text, units bigint, money_minor bigint)
LANGUAGE plpgsql STABLE ROWS 100000
AS $$
#variable_conflict use_column
BEGIN
    IF $6 IS NOT NULL THEN
        RETURN QUERY SELECT * FROM serial_count($1, $2, $3, $4, $5, $6);
        RETURN;
    END IF;
    RETURN QUERY
    SELECT c.product, c.country::text, c.channel::text, c.lot::text, c.ship_day, NULL::integer, NULL::text, NULL::text,
           c.shipped, 0::bigint
      FROM ship_cell AS c
     WHERE c.product IN (SELECT p.id FROM product AS p WHERE p.line = $1 AND p.id = coalesce($5, p.id))
       AND c.country = coalesce($2, c.country) AND c.channel = coalesce($3, c.channel) AND c.lot = coalesce($4, c.lot)
     UNION ALL
    SELECT r.product, r.country, r.channel, r.lot, r.ship_day, r.age_day, r.class, r.reason, r.returned, r.money_minor
      FROM return_cell AS r
     WHERE r.product IN (SELECT p.id FROM product AS p WHERE p.line = $1 AND p.id = coalesce($5, p.id))
       AND r.country = coalesce($2, r.country) AND r.channel = coalesce($3, r.channel) AND r.lot = coalesce($4, r.lot);
END
$$;
