-- What reserves are made of at two closings: of all lines for NULL, or of some. What the columns
-- tell is at reserve_list. With room for all cells and a plan that knows how many there are, else
-- they are sorted on disk; and by itself, for handing sums from one process to another takes
-- longer than making them.
CREATE OR REPLACE FUNCTION reserve_count(lines bigint[], counted text[], staying text[], closing date, opening date)
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
    WITH cell AS MATERIALIZED (
        SELECT r.line, r.month, r.period,
               sum(r.returned) FILTER (WHERE r.class = ANY ($2)) AS events,
               sum(r.returned) FILTER (WHERE r.class <> ALL ($3)) AS leavers,
               sum(r.returned) FILTER (WHERE r.class <> ALL ($3) AND r.class <> ALL ($2)) AS others,
               sum(r.returned) FILTER (WHERE r.class <> ALL ($3) AND r.event_month <= $5) AS leavers_before,
               sum(r.returned) FILTER (WHERE r.class = ANY ($2) AND r.event_month > $5) AS settled
          FROM line_return AS r
         WHERE r.month <= $4 AND r.event_month <= $4 AND (r.line = ANY ($1) OR $1 IS NULL)
         GROUP BY r.line, r.month, r.period
    ), dated AS (
        SELECT c.*, age_periods_within($4 - (c.month + interval '1 month')::date + 1) AS known,
               age_periods_within($5 - (c.month + interval '1 month')::date + 1) AS known_before
          FROM cell AS c
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
          FROM line_cohort AS c
          LEFT JOIN gone AS g ON g.line = c.line AND g.month = c.month
         WHERE c.month <= $4 AND (c.line = ANY ($1) OR $1 IS NULL)
    )
    SELECT m.line, m.month, age_periods_within($4 - (m.month + interval '1 month')::date + 1),
           age_periods_within($5 - (m.month + interval '1 month')::date + 1), m.shipped, m.left_all::bigint,
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
