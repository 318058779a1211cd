-- cohort_cell_list(line text, country text, channel text, lot text, sku text, from_month date, to_month date, classes text, as_of date, tz text, clock text)
--
-- The cohorts of a line, as they were known at the end of the day `as_of`, which
-- is today where `tz` is if it is not given. A row without a period tells the
-- units shipped in the month and how many periods of age are over for all of
-- them; a row with one the events of `classes` at that age, and all that left,
-- of these classes or others; periods from `known` on are not over yet. By the
-- clock `in_service` a month is that in which the units were first used, as far
-- as the lag of their channel tells, and what came back before has period 0.
-- There is a row without a month if there is nothing.
--
-- lane: slow
WITH asked AS MATERIALIZED (
    SELECT line, product, as_of_day, counted, staying, data_version, settings_version
      FROM analysis_scope($1, $5, $8, $9, $10)
), cell AS (
    SELECT s.month, c.period - least(c.period, l.lag) AS period, c.event_month, c.class, c.units,
           a.as_of_day, a.counted, a.staying,
           age_periods_within(a.as_of_day - (s.month + interval '1 month')::date + 1) AS known
      FROM asked AS a,
           channel_lag(a.line, $3, $11) AS l,
           line_cell(a.line, $2, l.channel, $4, a.product) AS c,
           LATERAL (SELECT (c.month + l.lag * interval '1 month')::date AS month) AS s
     WHERE c.month >= coalesce($6, '-infinity')
       AND c.month < coalesce($7, 'infinity')
       AND s.month <= a.as_of_day
)
SELECT a.data_version, a.settings_version, a.as_of_day AS as_of, c.month, c.known, c.period, c.shipped, c.events, c.leavers
  FROM asked AS a
  LEFT JOIN (SELECT month, known, period,
                    sum(units) FILTER (WHERE class IS NULL)::bigint AS shipped,
                    coalesce(sum(units) FILTER (WHERE class = ANY (counted)), 0)::bigint AS events,
                    coalesce(sum(units) FILTER (WHERE class <> ALL (staying)), 0)::bigint AS leavers
               FROM cell
              WHERE period IS NULL
                 OR period < known
                 OR event_month < date_trunc('month', as_of_day)
                 OR as_of_day >= (now() AT TIME ZONE 'UTC')::date
              GROUP BY month, known, period) AS c ON true
 ORDER BY c.month, c.period NULLS FIRST
