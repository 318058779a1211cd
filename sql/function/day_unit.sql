-- What day_count() tells, without where and why: units by day of shipment (class NULL), and their
-- events by age in days, by lot if that is asked for. Units are added up here, since handing on a row
-- for each cell takes longer than reading it; of events hardly two are alike. Days of shipment by
-- country or model are in ship_cell only, which is large.
CREATE OR REPLACE FUNCTION day_unit(line bigint, only_country text, only_channel text, only_lot text, only_product bigint,
                                    serials text[], by_lot boolean)
RETURNS TABLE (lot text, ship_day date, age_day integer, class text, units bigint)
LANGUAGE plpgsql STABLE ROWS 50000
AS $$
#variable_conflict use_column
BEGIN
    IF $6 IS NOT NULL THEN
        RETURN QUERY
        SELECT CASE WHEN $7 THEN c.lot END, c.ship_day, c.age_day, c.class, sum(c.units)::bigint
          FROM serial_count($1, $2, $3, $4, $5, $6) AS c
         GROUP BY 1, 2, 3, 4;
        RETURN;
    ELSIF num_nonnulls($2, $5) = 0 THEN
        RETURN QUERY
        SELECT CASE WHEN $7 THEN d.lot END, d.ship_day, NULL::integer, NULL::text, sum(d.shipped)::bigint
          FROM lot_day AS d
         WHERE d.line = $1 AND ($3 IS NULL OR d.channel = $3) AND ($4 IS NULL OR d.lot = $4)
         GROUP BY 1, 2;
    ELSE
        RETURN QUERY
        SELECT CASE WHEN $7 THEN c.lot END, c.ship_day, NULL::integer, NULL::text, sum(c.shipped)::bigint
          FROM ship_cell AS c
         WHERE c.product IN (SELECT p.id FROM product AS p WHERE p.line = $1 AND ($5 IS NULL OR p.id = $5))
           AND ($2 IS NULL OR c.country = $2) AND ($3 IS NULL OR c.channel = $3) AND ($4 IS NULL OR c.lot = $4)
         GROUP BY 1, 2;
    END IF;
    RETURN QUERY
    SELECT CASE WHEN $7 THEN r.lot END, r.ship_day, r.age_day, r.class::text, r.returned
      FROM return_cell AS r
     WHERE r.product IN (SELECT p.id FROM product AS p WHERE p.line = $1 AND ($5 IS NULL OR p.id = $5))
       AND ($2 IS NULL OR r.country = $2) AND ($3 IS NULL OR r.channel = $3) AND ($4 IS NULL OR r.lot = $4);
END
$$;
