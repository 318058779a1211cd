-- What reserves are made of at two closings: of all lines for NULL, or of some, and of the units that
-- the filters tell, by a clock. What the columns tell is at reserve_list. With room for all cells and
-- a plan that knows how many there are, else they are sorted on disk; and by itself, for handing sums
-- from one process to another takes longer than making them.
CREATE OR REPLACE FUNCTION reserve_count(lines bigint[], country text, channel text, lot text, sku text, serials text[],
                                         from_month date, to_month date, clock text, counted text[], staying text[],
                                         closing date, opening date)
RETURNS TABLE (line bigint, month date, known integer, known_before integer, shipped bigint, left_all bigint, left_over bigint,
               left_all_before bigint, left_over_before bigint, period integer, events bigint, others bigint,
               events_before bigint, others_before bigint, settled bigint, unsound boolean)
LANGUAGE plpgsql STABLE
SET work_mem = '64MB'
SET max_parallel_workers_per_gather = 0
SET plan_cache_mode = force_custom_plan
AS $$
#variable_conflict use_column
BEGIN
    RETURN QUERY
    WITH part AS (
        SELECT c.line, c.month, NULL::integer AS period, NULL::date AS event_month, NULL::text AS class, c.shipped AS units
          FROM line_cohort AS c
         WHERE num_nonnulls($2, $3, $4, $5, $6) = 0 AND coalesce($9, 'ship') = 'ship' AND (c.line = ANY ($1) OR $1 IS NULL)
         UNION ALL
        SELECT r.line, r.month, r.period, r.event_month, r.class, r.returned
          FROM line_return AS r
         WHERE num_nonnulls($2, $3, $4, $5, $6) = 0 AND coalesce($9, 'ship') = 'ship' AND (r.line = ANY ($1) OR $1 IS NULL)
         UNION ALL
        SELECT o.id, (c.month + l.lag * interval '1 month')::date, c.period - least(c.period, l.lag), c.event_month, c.class,
               c.units
          FROM product_line AS o
          LEFT JOIN product AS p ON p.line = o.id AND p.model = $5,
               channel_clock(o.id, $3, $9) AS l,
               line_cell(o.id, $2, l.channel, $4, p.id, $6, l.shift) AS c
         WHERE (num_nonnulls($2, $3, $4, $5, $6) > 0 OR $9 <> 'ship') AND (o.id = ANY ($1) OR $1 IS NULL)
           AND ($5 IS NULL OR p.id IS NOT NULL)
    ), cell AS MATERIALIZED (
        SELECT r.line, r.month, r.period, sum(r.units) FILTER (WHERE r.class IS NULL) AS shipped,
               sum(r.units) FILTER (WHERE r.class = ANY ($10)) AS events,
               sum(r.units) FILTER (WHERE r.class <> ALL ($11)) AS leavers,
               sum(r.units) FILTER (WHERE r.class <> ALL ($11) AND r.class <> ALL ($10)) AS others,
               sum(r.units) FILTER (WHERE r.class <> ALL ($11) AND r.event_month <= $13) AS leavers_before,
               sum(r.units) FILTER (WHERE r.class = ANY ($10) AND r.event_month > $13) AS settled
          FROM part AS r
         WHERE r.month <= $12 AND (r.event_month <= $12) IS NOT FALSE
           AND ($7 IS NULL OR r.month >= $7) AND ($8 IS NULL OR r.month < $8)
         GROUP BY r.line, r.month, r.period
    ), dated AS (
        SELECT c.*, age_periods_within($12 - (c.month + interval '1 month')::date + 1) AS known,
               age_periods_within($13 - (c.month + interval '1 month')::date + 1) AS known_before
          FROM cell AS c
         WHERE c.period IS NOT NULL
    ), gone AS (
        SELECT line, month, coalesce(sum(leavers), 0) AS left_all, coalesce(sum(leavers_before), 0) AS left_all_before,
               coalesce(sum(leavers) FILTER (WHERE period < known), 0) AS left_over,
               coalesce(sum(leavers) FILTER (WHERE period < known_before), 0) AS left_over_before,
               coalesce(sum(settled), 0) AS settled, coalesce(least(min(events), min(leavers)), 0) AS least
          FROM dated
         GROUP BY line, month
    ), month AS MATERIALIZED (
        SELECT c.line, c.month, c.shipped, coalesce(g.left_all, 0) AS left_all, coalesce(g.left_over, 0) AS left_over,
               coalesce(g.left_all_before, 0) AS left_all_before, coalesce(g.left_over_before, 0) AS left_over_before,
               coalesce(g.settled, 0) AS settled,
               NOT (c.shipped > 0 AND c.shipped >= coalesce(g.left_all, 0) AND coalesce(g.least, 0) >= 0) AS unsound
          FROM cell AS c
          LEFT JOIN gone AS g ON g.line = c.line AND g.month = c.month
         WHERE c.period IS NULL
    )
    SELECT m.line, m.month, age_periods_within($12 - (m.month + interval '1 month')::date + 1),
           age_periods_within($13 - (m.month + interval '1 month')::date + 1), m.shipped::bigint, m.left_all::bigint,
           m.left_over::bigint, m.left_all_before::bigint, m.left_over_before::bigint, NULL::integer, NULL::bigint, NULL::bigint,
           NULL::bigint, NULL::bigint, m.settled::bigint, m.unsound
      FROM month AS m
     UNION ALL
    SELECT d.line, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, d.period,
           coalesce(sum(d.events) FILTER (WHERE d.period < d.known), 0)::bigint,
           coalesce(sum(d.others) FILTER (WHERE d.period < d.known), 0)::bigint,
           coalesce(sum(d.events) FILTER (WHERE d.period < d.known_before), 0)::bigint,
           coalesce(sum(d.others) FILTER (WHERE d.period < d.known_before), 0)::bigint, NULL, NULL
      FROM dated AS d
      JOIN month AS m ON m.line = d.line AND m.month = d.month
     WHERE NOT m.unsound
     GROUP BY d.line, d.period;
END
$$;
