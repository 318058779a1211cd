-- The same as segment_cell() from the cells of days, which know every filter at once. Not to be
-- inlined: see day_cell().
CREATE OR REPLACE FUNCTION day_segment(line bigint, country text, channel text, lot text, product bigint)
RETURNS TABLE (dimension text, key text, month date, event_month date, class text, units bigint)
LANGUAGE plpgsql STABLE
AS $$
#variable_conflict use_column
BEGIN
    RETURN QUERY
    SELECT d.dimension, d.key, date_trunc('month', c.ship_day)::date, NULL::date, NULL::text, sum(c.shipped)::bigint
      FROM product AS p
      JOIN ship_cell AS c ON c.product = p.id,
           LATERAL (VALUES ('country', c.country::text), ('channel', c.channel), ('lot', nullif(c.lot, '')),
                           ('product', p.model)) AS d (dimension, key)
     WHERE p.line = $1 AND p.id = coalesce($5, p.id)
       AND c.country = coalesce($2, c.country) AND c.channel = coalesce($3, c.channel) AND c.lot = coalesce($4, c.lot)
       AND d.key IS NOT NULL
     GROUP BY 1, 2, 3
     UNION ALL
    SELECT d.dimension, d.key, date_trunc('month', r.ship_day)::date,
           date_trunc('month', r.ship_day + r.age_day)::date, r.class::text, sum(r.returned)::bigint
      FROM product AS p
      JOIN return_cell AS r ON r.product = p.id,
           LATERAL (VALUES ('country', r.country::text), ('channel', r.channel), ('lot', nullif(r.lot, '')),
                           ('product', p.model), ('reason', coalesce(nullif(r.reason, ''), r.class))) AS d (dimension, key)
     WHERE p.line = $1 AND p.id = coalesce($5, p.id)
       AND r.country = coalesce($2, r.country) AND r.channel = coalesce($3, r.channel) AND r.lot = coalesce($4, r.lot)
       AND d.key IS NOT NULL
     GROUP BY 1, 2, 3, 4, 5;
END
$$;
