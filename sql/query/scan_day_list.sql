-- scan_day_list(line text, country text, channel text, lot text, sku text, serial_from text, serial_to text, from_month date, to_month date, classes text, as_of date, tz text, clock text)
--
-- A line by the day of shipment: units, and events of `classes` by the end of
-- the day `as_of`. By another clock a day is that of delivery or first use. There is
-- a row without a day if there is nothing.
--
-- lane: slow
WITH asked AS MATERIALIZED (
    SELECT line, product, serials, as_of_day, counted, data_version, settings_version
      FROM analysis_scope($1, $5, $6, $7, $10, $11, $12)
), cell AS (
    SELECT d.ship_day + l.days AS day, d.class, d.class = ANY (a.counted) AS counted, d.units
      FROM asked AS a,
           channel_clock(a.line, $3, $13) AS l,
           day_unit(a.line, $2, l.channel, $4, a.product, a.serials, false) AS d
     WHERE d.ship_day + l.days <= a.as_of_day
       AND d.ship_day + l.days >= coalesce($8, '-infinity')
       AND d.ship_day + l.days < coalesce($9, 'infinity')
       AND (d.ship_day + d.age_day <= a.as_of_day) IS NOT FALSE
)
SELECT a.data_version, a.settings_version, a.as_of_day AS as_of, c.ship_day, c.units, c.events
  FROM asked AS a
  LEFT JOIN (SELECT day AS ship_day, coalesce(sum(units) FILTER (WHERE class IS NULL), 0)::bigint AS units,
                    coalesce(sum(units) FILTER (WHERE counted), 0)::bigint AS events
               FROM cell
              GROUP BY day) AS c ON true
 ORDER BY c.ship_day
