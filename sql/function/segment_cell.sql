-- What is counted of a line, by each of its dimensions: country, channel, product, lot and
-- reason, each with all events of the line, and the line as a whole. Shipments have no class,
-- and no reason. NULL for a filter asks for all. Rollups are read where one knows the filters;
-- where none does, the cells of days are added up.
CREATE OR REPLACE FUNCTION segment_cell(line bigint, country text, channel text, lot text, product bigint)
RETURNS TABLE (dimension text, key text, month date, event_month date, class text, units bigint)
LANGUAGE sql STABLE
AS $$
    SELECT 'line', '', c.month, c.event_month, c.class, c.units
      FROM line_cell($1, $2, $3, $4, $5) AS c
     UNION ALL
    SELECT d.dimension, d.key, c.month, NULL, NULL, c.shipped
      FROM cohort AS c, LATERAL (VALUES ('country', c.country), ('channel', c.channel)) AS d (dimension, key)
     WHERE num_nonnulls($4, $5) = 0 AND c.line = $1
       AND c.country = coalesce($2, c.country) AND c.channel = coalesce($3, c.channel)
     UNION ALL
    SELECT d.dimension, d.key, r.month, r.event_month, r.class, r.returned
      FROM cohort_return AS r,
           LATERAL (VALUES ('country', r.country), ('channel', r.channel),
                           ('reason', coalesce(nullif(r.reason, ''), r.class))) AS d (dimension, key)
     WHERE num_nonnulls($4, $5) = 0 AND r.line = $1
       AND r.country = coalesce($2, r.country) AND r.channel = coalesce($3, r.channel)
     UNION ALL
    SELECT 'lot', c.lot, c.month, NULL, NULL, c.shipped
      FROM lot_cohort AS c
     WHERE num_nonnulls($2, $3, $5) = 0 AND c.line = $1 AND c.lot = coalesce($4, c.lot)
     UNION ALL
    SELECT 'lot', r.lot, r.month, r.event_month, r.class, r.returned
      FROM lot_return AS r
     WHERE num_nonnulls($2, $3, $5) = 0 AND r.line = $1 AND r.lot = coalesce($4, r.lot)
     UNION ALL
    SELECT 'product', p.model, c.month, NULL, NULL, c.shipped
      FROM product_cohort AS c JOIN product AS p ON p.id = c.product
     WHERE num_nonnulls($2, $3, $4) = 0 AND c.line = $1 AND c.product = coalesce($5, c.product)
     UNION ALL
    SELECT 'product', p.model, r.month, r.event_month, r.class, r.returned
      FROM product_return AS r JOIN product AS p ON p.id = r.product
     WHERE num_nonnulls($2, $3, $4) = 0 AND r.line = $1 AND r.product = coalesce($5, r.product)
     UNION ALL
    SELECT d.dimension, d.key, d.month, d.event_month, d.class, d.units
      FROM day_segment($1, $2, $3, $4, $5) AS d
     WHERE num_nonnulls($2, $3, $4, $5) > 0
       AND CASE d.dimension WHEN 'lot' THEN num_nonnulls($2, $3, $5) > 0
                            WHEN 'product' THEN num_nonnulls($2, $3, $4) > 0
                            ELSE num_nonnulls($4, $5) > 0 END
$$;
