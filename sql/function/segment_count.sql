-- Events of a line, and by its country, channel, product, lot and reason; what the columns tell is at
-- segment_cell_list. Months of events before `since` are told as none. Months of shipment are `lag`
-- months earlier than those of the clock, unless `shift` has moved the days. Every cell is read once
-- and told in all its dimensions: of the rollups without filters, of days with some. With room for
-- the cells, and a plan for the filters there are, else thousands of cells are sorted to be added up.
CREATE OR REPLACE FUNCTION segment_count(line bigint, country text, channel text, lot text, product bigint, serials text[],
                                         lag integer, shift integer, from_month date, to_month date, since date,
                                         until date, counted text[], staying text[])
RETURNS TABLE (dimension text, key text, month date, event_month date, shipped bigint, events bigint, leavers bigint)
LANGUAGE plpgsql STABLE ROWS 5000
SET plan_cache_mode = force_custom_plan
SET work_mem = '32MB'
AS $$
#variable_conflict use_column
DECLARE
    first_ship date := $9 - $7 * interval '1 month';
    end_ship   date := $10 - $7 * interval '1 month';
BEGIN
    RETURN QUERY
    WITH class AS MATERIALIZED (
        SELECT code::text AS code, (code = ANY ($13))::int AS counted, (code <> ALL ($14))::int AS leaver FROM event_class
    ), cell AS MATERIALIZED (
        SELECT d.country, d.channel, d.product, d.lot, d.class, d.reason, d.month,
               CASE WHEN d.event_month >= $11 THEN d.event_month END AS event_month, sum(d.units)::bigint AS units
          FROM shift_count($1, $2, $3, $4, $5, $6, $8) AS d
         WHERE num_nonnulls($2, $3, $4, $5, $6, $8) > 0 AND d.month >= first_ship AND d.month < end_ship
           AND (d.event_month < $12) IS NOT FALSE
         GROUP BY 1, 2, 3, 4, 5, 6, 7, 8
         UNION ALL
        SELECT c.country, c.channel, NULL, NULL, NULL, NULL, c.month, NULL, c.shipped
          FROM cohort AS c
         WHERE num_nonnulls($2, $3, $4, $5, $6, $8) = 0 AND c.line = $1 AND c.month >= first_ship AND c.month < end_ship
         UNION ALL
        SELECT r.country, r.channel, NULL, NULL, r.class, r.reason, r.month,
               CASE WHEN r.event_month >= $11 THEN r.event_month END, sum(r.returned)::bigint
          FROM cohort_return AS r
         WHERE num_nonnulls($2, $3, $4, $5, $6, $8) = 0 AND r.line = $1 AND r.month >= first_ship AND r.month < end_ship
           AND r.event_month < $12
         GROUP BY 1, 2, 5, 6, 7, 8
    ), told AS (
        SELECT CASE GROUPING(c.country, c.channel, c.model, c.lot, c.why)
                    WHEN 15 THEN 'country' WHEN 23 THEN 'channel' WHEN 27 THEN 'product' WHEN 29 THEN 'lot'
                    WHEN 30 THEN 'reason' ELSE 'line' END AS dimension,
               coalesce(c.country, c.channel, c.model, c.lot, c.why, '') AS key, c.month, c.event_month,
               sum(c.units) FILTER (WHERE c.class IS NULL) AS shipped, sum(c.units * c.counted) AS events,
               sum(c.units * c.leaver) AS leavers
          FROM (SELECT n.country, n.channel, p.model, n.lot, coalesce(nullif(n.reason, ''), n.class) AS why, n.class, n.month,
                       n.event_month, n.units, k.counted, k.leaver
                  FROM cell AS n
                  LEFT JOIN product AS p ON p.id = n.product
                  LEFT JOIN class AS k ON k.code = n.class) AS c
         GROUP BY GROUPING SETS ((c.month, c.event_month), (c.country, c.month, c.event_month),
                                 (c.channel, c.month, c.event_month), (c.model, c.month, c.event_month),
                                 (c.lot, c.month, c.event_month), (c.why, c.month, c.event_month))
         UNION ALL
        SELECT d.dimension, c.key, c.month, CASE WHEN c.event_month >= $11 THEN c.event_month END,
               sum(c.units) FILTER (WHERE c.class IS NULL), sum(c.units * k.counted), sum(c.units * k.leaver)
          FROM (SELECT unnest(ARRAY['product', 'lot']) AS dimension WHERE num_nonnulls($2, $3, $4, $5, $6, $8) = 0) AS d
         CROSS JOIN LATERAL segment_cell(d.dimension, $1, NULL, NULL, NULL, NULL, NULL, NULL) AS c
          LEFT JOIN class AS k ON k.code = c.class
         WHERE c.month >= first_ship AND c.month < end_ship AND (c.event_month < $12) IS NOT FALSE
         GROUP BY 1, 2, 3, 4
    )
    SELECT t.dimension, t.key, t.month, t.event_month, coalesce(t.shipped, 0)::bigint, coalesce(t.events, 0)::bigint,
           coalesce(t.leavers, 0)::bigint
      FROM told AS t
     WHERE t.key <> '' OR t.dimension = 'line';
END
$$;
