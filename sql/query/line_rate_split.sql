-- line_rate_split(line text, dimension text, country text, channel text, lot text, sku text, serial_from text, serial_to text, from_month date, to_month date, classes text, as_of date, tz text, clock text, age integer)
--
-- The cohorts of a line by the segments of a dimension, as segment_cell() has them:
-- of each the units shipped, those of months that are `age` days old at the end of
-- the day `as_of`, and the events of `classes` among these by that age. By class
-- shipments are of no segment. `months` of all are so old, `oldest` is how many
-- periods of age are over for the first. `covered` and `uncovered` are all events so
-- far of units whose day of shipment is known, and is not: the latter are in no
-- segment. There is a row with NULL shipments if there is nothing.
--
-- lane: slow
WITH asked AS MATERIALIZED (
    SELECT line, product, serials, as_of_day, counted, data_version, settings_version
      FROM analysis_scope($1, $6, $7, $8, $11, $12, $13)
), part AS MATERIALIZED (
    SELECT l.lag, c.key, c.month, c.period, c.class IS NULL AS shipped, c.class = ANY (a.counted) AS counted,
           c.event_month <= a.as_of_day AS seen, sum(c.units) AS units
      FROM asked AS a,
           channel_clock(a.line, $4, $14) AS l,
           segment_cell($2, a.line, $3, l.channel, $5, a.product, a.serials, l.shift) AS c
     WHERE (c.class = ANY (a.counted)) IS NOT FALSE
     GROUP BY 1, 2, 3, 4, 5, 6, 7
), cell AS MATERIALIZED (
    SELECT CASE $2 WHEN 'month' THEN to_char(s.month, 'YYYY-MM') ELSE c.key END AS key,
           s.month, c.shipped, c.units, c.seen, c.counted,
           (s.month + interval '1 month')::date - 1 + $15 <= a.as_of_day AS mature,
           age_periods_within(a.as_of_day - (s.month + interval '1 month')::date + 1) AS known,
           age_period_end(c.period - least(c.period, c.lag)) <= $15 AS aged
      FROM asked AS a, part AS c,
           LATERAL (SELECT (c.month + c.lag * interval '1 month')::date AS month) AS s
     WHERE s.month >= coalesce($9, '-infinity')
       AND s.month < coalesce($10, 'infinity')
       AND s.month <= a.as_of_day
), age AS (
    SELECT count(DISTINCT month) FILTER (WHERE mature) AS months, coalesce(max(known), 0) AS oldest
      FROM cell
     WHERE shipped
), unknown AS (
    SELECT coalesce(sum(u.returned), 0)::bigint AS units
      FROM asked AS a
      JOIN uncovered_return AS u ON u.line = a.line
     WHERE u.class = ANY (a.counted) AND u.event_month <= a.as_of_day AND a.serials IS NULL
       AND u.product = coalesce(a.product, u.product)
       AND u.country = coalesce($3, u.country) AND u.channel = coalesce($4, u.channel)
)
SELECT a.data_version, a.settings_version, a.as_of_day AS as_of, c.key, c.shipped, c.matured, c.events,
       age.months, age.oldest, coalesce(sum(c.covered) OVER (), 0)::bigint AS covered, u.units AS uncovered
  FROM asked AS a
 CROSS JOIN age
 CROSS JOIN unknown AS u
  LEFT JOIN (SELECT key,
                    coalesce(sum(units) FILTER (WHERE shipped), 0)::bigint AS shipped,
                    coalesce(sum(units) FILTER (WHERE shipped AND mature), 0)::bigint AS matured,
                    coalesce(sum(units) FILTER (WHERE counted AND mature AND aged), 0)::bigint AS events,
                    coalesce(sum(units) FILTER (WHERE counted AND seen), 0)::bigint AS covered
               FROM cell
              GROUP BY key) AS c ON true
 ORDER BY c.key COLLATE "C"
