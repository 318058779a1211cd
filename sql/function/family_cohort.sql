-- The cohorts of all lines of a line's family together, as cohort_cell_list has those of one:
-- what lends a shape of life, or fractions reported, to lines with few events. Months in
-- which more left a line than it had shipped are left out. Other clocks are whole periods late
-- here, for the days of a whole family are too many to read.
CREATE OR REPLACE FUNCTION family_cohort(line bigint, clock text, counted text[], staying text[], as_of date)
RETURNS TABLE (month date, known integer, period integer, shipped bigint, events bigint, leavers bigint)
LANGUAGE plpgsql STABLE
AS $$
#variable_conflict use_column
BEGIN
    RETURN QUERY
    WITH relative AS MATERIALIZED (
        SELECT id FROM product_line WHERE family = (SELECT family FROM product_line WHERE id = $1)
    ), part AS MATERIALIZED (
        SELECT f.id, l.days, c.month, c.period,
               sum(c.units) FILTER (WHERE c.class IS NULL) AS shipped,
               sum(c.units) FILTER (WHERE c.class = ANY ($3)) AS events,
               sum(c.units) FILTER (WHERE c.class <> ALL ($4)) AS leavers
          FROM relative AS f,
               channel_clock(f.id, NULL, $2) AS l,
               line_cell(f.id, NULL, l.channel, NULL, NULL, NULL, NULL) AS c
         GROUP BY f.id, l.days, c.month, c.period
    ), cell AS (
        SELECT p.id, s.month, p.period - least(p.period, s.lag) AS period,
               sum(p.shipped) AS shipped, coalesce(sum(p.events), 0) AS events, coalesce(sum(p.leavers), 0) AS leavers
          FROM part AS p,
               LATERAL (SELECT lag, (p.month + lag * interval '1 month')::date AS month
                          FROM age_periods_within(p.days) AS lag) AS s
         WHERE s.month <= $5
         GROUP BY 1, 2, 3
    ), sound AS (
        SELECT c.*, age_periods_within($5 - (c.month + interval '1 month')::date + 1) AS known,
               coalesce(sum(c.shipped) OVER cohort, 0) >= sum(c.leavers) OVER cohort
               AND least(min(c.events) OVER cohort, min(c.leavers) OVER cohort) >= 0 AS sound
          FROM cell AS c
        WINDOW cohort AS (PARTITION BY c.id, c.month)
    )
    SELECT s.month, s.known, s.period, sum(s.shipped)::bigint, sum(s.events)::bigint, sum(s.leavers)::bigint
      FROM sound AS s
     WHERE s.sound AND (s.period IS NULL OR s.period < s.known)
     GROUP BY s.month, s.known, s.period
     ORDER BY s.month, s.period NULLS FIRST;
END
$$;
