-- The cohorts of a line as they were known at the end of a day: by month of shipment, or of
-- delivery or first use by those clocks, and by period of age. NULL for a filter asks for all; the
-- months from and to are those of the clock. What the columns tell is at cohort_cell_list. Cells
-- are added up before anything is calculated of their months, for there are many.
CREATE OR REPLACE FUNCTION cohort_count(line bigint, country text, channel text, lot text, product bigint, serials text[],
                                        from_month date, to_month date, clock text, counted text[], staying text[],
                                        as_of date)
RETURNS TABLE (month date, known integer, period integer, shipped bigint, events bigint, leavers bigint)
LANGUAGE plpgsql STABLE
AS $$
#variable_conflict use_column
DECLARE
    last_known date := month_known($12);
BEGIN
    RETURN QUERY
    WITH part AS MATERIALIZED (
        SELECT l.lag, c.month, c.period, c.event_month <= last_known AS told,
               sum(c.units) FILTER (WHERE c.class IS NULL) AS shipped,
               sum(c.units) FILTER (WHERE c.class = ANY ($10)) AS events,
               sum(c.units) FILTER (WHERE c.class <> ALL ($11)) AS leavers
          FROM channel_clock($1, $3, $9) AS l,
               line_cell($1, $2, l.channel, $4, $5, $6, l.shift) AS c
         GROUP BY l.lag, c.month, c.period, told
    ), cell AS (
        SELECT s.month, age_periods_within($12 - (s.month + interval '1 month')::date + 1) AS known,
               p.period - least(p.period, p.lag) AS period, p.told, p.shipped, p.events, p.leavers
          FROM part AS p,
               LATERAL (SELECT (p.month + p.lag * interval '1 month')::date AS month) AS s
         WHERE s.month >= coalesce($7, '-infinity') AND s.month < coalesce($8, 'infinity') AND s.month <= $12
    )
    SELECT c.month, c.known, c.period, sum(c.shipped)::bigint, coalesce(sum(c.events), 0)::bigint,
           coalesce(sum(c.leavers), 0)::bigint
      FROM cell AS c
     WHERE c.period IS NULL OR c.period < c.known OR c.told
     GROUP BY c.month, c.known, c.period;
END
$$;
