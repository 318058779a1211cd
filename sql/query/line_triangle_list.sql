-- line_triangle_list(line text, country text, channel text, lot text, sku text, serial_from text, serial_to text, from_month date, to_month date, classes text, as_of date, tz text, clock text, ages_min integer)
--
-- The cohorts of a line as cohort_cell_list has them, and behind them those of its
-- family, if fewer than `ages_min` periods of age are over for the oldest of its own.
--
-- lane: slow
WITH asked AS MATERIALIZED (
    SELECT line, product, serials, as_of_day, counted, staying, data_version, settings_version
      FROM analysis_scope($1, $5, $6, $7, $10, $11, $12)
), own AS MATERIALIZED (
    SELECT c.month, c.known, c.period, c.shipped, c.events, c.leavers
      FROM asked AS a,
           cohort_count(a.line, $2, $3, $4, a.product, a.serials, $8, $9, $13, a.counted, a.staying, a.as_of_day) AS c
)
SELECT a.data_version, a.settings_version, a.as_of_day AS as_of, coalesce(c.family, false) AS family,
       c.month, c.known, c.period, c.shipped, c.events, c.leavers
  FROM asked AS a
  LEFT JOIN (SELECT false AS family, month, known, period, shipped, events, leavers
               FROM own
              UNION ALL
             SELECT true, f.month, f.known, f.period, f.shipped, f.events, f.leavers
               FROM asked AS a,
                    family_cohort(a.line, $13, a.counted, a.staying, a.as_of_day) AS f
              WHERE (SELECT coalesce(max(known), 0) FROM own) < $14) AS c ON true
 ORDER BY family, c.month, c.period NULLS FIRST
