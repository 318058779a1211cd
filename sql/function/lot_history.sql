-- What line_history_list tells of the lots of a line: of those that have had four suspect
-- events at least, for with fewer none is ever a signal.
CREATE OR REPLACE FUNCTION lot_history(line bigint, from_month date, to_month date, as_of date, since date, current boolean)
RETURNS TABLE (kind text, line bigint, key text, month date, event_month date, units bigint, suspect bigint,
               leavers bigint)
LANGUAGE sql STABLE
AS $$
    WITH lot AS (
        SELECT c.lot, min(c.month) AS first_month
          FROM lot_cohort AS c
         WHERE c.line = $1 AND c.shipped > 0 AND c.month <= $4
           AND c.month >= coalesce($2, '-infinity') AND c.month < coalesce($3, 'infinity')
         GROUP BY c.lot
        HAVING min(c.month) >= $5
    ), event AS MATERIALIZED (
        SELECT e.lot, e.month, e.event_month, e.suspect, e.leavers
          FROM lot AS l
          JOIN lot_lag AS e ON e.line = $1 AND e.lot = l.lot AND e.event_month < CASE WHEN $6 THEN 'infinity' ELSE date_trunc('month', ($4 + 1)::timestamp) END
    ), watched AS (
        SELECT lot FROM event GROUP BY lot HAVING sum(suspect) >= 4
    )
    SELECT 'lot', $1, c.lot, c.month, NULL::date, c.shipped, NULL::bigint, NULL::bigint
      FROM lot_cohort AS c JOIN watched AS w ON w.lot = c.lot
     WHERE c.line = $1 AND c.month <= $4
     UNION ALL
    SELECT 'lot', $1, e.lot, e.month, e.event_month, NULL, e.suspect, e.leavers
      FROM event AS e JOIN watched AS w ON w.lot = e.lot
     UNION ALL
    SELECT 'lots', $1, NULL, l.first_month, NULL, count(*), NULL, NULL
      FROM lot AS l
     GROUP BY l.first_month
     UNION ALL
    SELECT 'restart', $1, f.subject, date_trunc('month', max(f.cleared_on))::date, NULL, NULL, NULL, NULL
      FROM flag AS f
     WHERE f.line = $1 AND f.code = 'batch_cluster' AND f.state = 'cleared' AND f.cleared_on <= $4
     GROUP BY f.subject
$$;
