-- The same as line_cell(), by the segments of one dimension: country, channel, month, product,
-- lot or class. Shipments have no class, so by class they are of no segment; the segment of
-- units whose lot is not known is ''. The smallest rollup that knows dimension and filters is read.
CREATE OR REPLACE FUNCTION segment_cell(dimension text, line bigint, country text, channel text, lot text, product bigint,
                                        serials text[], shift integer)
RETURNS TABLE (key text, month date, period integer, event_month date, class text, units bigint)
LANGUAGE plpgsql STABLE ROWS 20000
AS $$
#variable_conflict use_column
BEGIN
    IF $1 IN ('month', 'class') THEN
        RETURN QUERY
        SELECT CASE $1 WHEN 'month' THEN to_char(c.month, 'YYYY-MM') ELSE c.class END,
               c.month, c.period, c.event_month, c.class, c.units
          FROM line_cell($2, $3, $4, $5, $6, $7, $8) AS c;
    ELSIF $1 IN ('country', 'channel') AND num_nonnulls($5, $6, $7, $8) = 0 THEN
        RETURN QUERY
        SELECT CASE $1 WHEN 'country' THEN c.country ELSE c.channel END::text,
               c.month, c.period, c.event_month, c.class, c.units
          FROM (SELECT line, country, channel, month, NULL::integer AS period, NULL::date AS event_month,
                       NULL::text AS class, shipped AS units
                  FROM cohort
                 UNION ALL
                SELECT line, country, channel, month, period, event_month, class, returned
                  FROM cohort_return) AS c
         WHERE c.line = $2 AND c.country = coalesce($3, c.country) AND c.channel = coalesce($4, c.channel);
    ELSIF $1 = 'product' AND num_nonnulls($3, $4, $5, $7, $8) = 0 THEN
        RETURN QUERY
        SELECT p.model::text, c.month, c.period, c.event_month, c.class, c.units
          FROM product AS p,
               LATERAL (SELECT month, NULL::integer AS period, NULL::date AS event_month, NULL::text AS class,
                               shipped AS units
                          FROM product_cohort
                         WHERE line = $2 AND product = p.id
                         UNION ALL
                        SELECT month, period, event_month, class, returned
                          FROM product_return
                         WHERE line = $2 AND product = p.id) AS c
         WHERE p.line = $2 AND p.id = coalesce($6, p.id);
    ELSIF $1 = 'lot' AND num_nonnulls($3, $4, $6, $7, $8) = 0 THEN
        -- The rollup by lot has none of the units without one: they are all units less the others.
        RETURN QUERY
        SELECT coalesce($5, '')::text, c.month, c.period, c.event_month, c.class, c.units
          FROM line_cell($2, NULL, NULL, $5, NULL, NULL, NULL) AS c
         UNION ALL
        SELECT part.key::text, c.month, c.period, c.event_month, c.class, part.sign * c.units
          FROM (SELECT lot, month, NULL::integer AS period, NULL::date AS event_month, NULL::text AS class,
                       shipped AS units
                  FROM lot_cohort
                 WHERE line = $2 AND $5 IS NULL
                 UNION ALL
                SELECT lot, month, period, event_month, class, returned
                  FROM lot_return
                 WHERE line = $2 AND $5 IS NULL) AS c,
               LATERAL (VALUES (c.lot, 1), ('', -1)) AS part (key, sign);
    ELSE
        RETURN QUERY
        SELECT CASE $1 WHEN 'country' THEN c.country WHEN 'channel' THEN c.channel WHEN 'lot' THEN c.lot ELSE p.model END::text,
               c.month, c.period, c.event_month, c.class, c.units
          FROM shift_count($2, $3, $4, $5, $6, $7, $8) AS c
          JOIN product AS p ON p.id = c.product;
    END IF;
END
$$;
