-- line_flow_split(line text, dimension text, country text, channel text, lot text, sku text, serial_from text, serial_to text, from_month date, to_month date, classes text, as_of date, tz text, clock text)
--
-- Units of a line sold, and units that came back, in the same months, by the
-- segments of a dimension: a unit that comes back is counted in the month of its
-- return, so also if nobody knows when it was sold. By class sales are of no
-- segment. By another clock units are counted in the month of delivery or first
-- use. Events are known by month, so the month of `as_of` counts as a whole.
-- There is a row with NULL sales if there is nothing.
--
-- lane: slow
WITH asked AS MATERIALIZED (
    SELECT line, product, serials, as_of_day, counted, data_version, settings_version
      FROM analysis_scope($1, $6, $7, $8, $11, $12, $13)
), cell AS (
    SELECT c.key, coalesce(c.event_month, (c.month + l.lag * interval '1 month')::date) AS month, c.class, c.units
      FROM asked AS a,
           channel_clock(a.line, $4, $14) AS l,
           segment_cell($2, a.line, $3, l.channel, $5, a.product, a.serials, l.shift) AS c
     UNION ALL
    SELECT CASE $2 WHEN 'country' THEN u.country WHEN 'channel' THEN u.channel WHEN 'class' THEN u.class
                   WHEN 'product' THEN p.model WHEN 'lot' THEN '' END,
           u.event_month, u.class, u.returned
      FROM asked AS a
      JOIN uncovered_return AS u ON u.line = a.line
      JOIN product AS p ON p.id = u.product
     WHERE u.product = coalesce(a.product, u.product)
       AND u.country = coalesce($3, u.country) AND u.channel = coalesce($4, u.channel) AND num_nonnulls($5, a.serials) = 0
)
SELECT a.data_version, a.settings_version, a.as_of_day AS as_of, c.key, c.sold, c.returned
  FROM asked AS a
  LEFT JOIN LATERAL (SELECT CASE $2 WHEN 'month' THEN to_char(c.month, 'YYYY-MM') ELSE c.key END AS key,
                            coalesce(sum(c.units) FILTER (WHERE c.class IS NULL), 0)::bigint AS sold,
                            coalesce(sum(c.units) FILTER (WHERE c.class = ANY (a.counted)), 0)::bigint AS returned
                       FROM cell AS c
                      WHERE (c.class IS NULL OR c.class = ANY (a.counted))
                        AND c.month >= coalesce($9, '-infinity')
                        AND c.month < coalesce($10, 'infinity')
                        AND c.month <= a.as_of_day
                      GROUP BY 1) AS c ON true
 ORDER BY c.key COLLATE "C"
