-- cohort_cell_list(line text, country text, channel text, lot text, sku text, serial_from text, serial_to text, from_month date, to_month date, classes text, as_of date, tz text, clock text)
--
-- The cohorts of a line, as they were known at the end of the day `as_of`, which
-- is today where `tz` is if it is not given. A row without a period tells the
-- units shipped in the month and how many periods of age are over for all of
-- them; a row with one the events of `classes` at that age, and all that left,
-- of these classes or others; periods from `known` on are not over yet. By the
-- clocks `delivery` and `in_service` a month is that in which the units arrived or
-- were first used, as far as channel_clock() tells, and what came back before has
-- period 0.
-- There is a row without a month if there is nothing.
--
-- lane: slow
SELECT a.data_version, a.settings_version, a.as_of_day AS as_of, c.month, c.known, c.period, c.shipped, c.events, c.leavers
  FROM analysis_scope($1, $5, $6, $7, $10, $11, $12) AS a
  LEFT JOIN LATERAL cohort_count(a.line, $2, $3, $4, a.product, a.serials, $8, $9, $13, a.counted, a.staying,
                                 a.as_of_day) AS c ON true
 ORDER BY c.month, c.period NULLS FIRST
