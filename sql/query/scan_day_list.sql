-- scan_day_list(line text, country text, channel text, lot text, sku text, classes text, as_of date, tz text)
--
-- A line by the day of shipment: units, and events of `classes` by the end of
-- the day `as_of`. There is a row without a day if there is nothing.
--
-- lane: slow
WITH asked AS MATERIALIZED (
    SELECT line, product, as_of_day, counted, data_version, settings_version FROM analysis_scope($1, $5, $6, $7, $8)
), chosen AS MATERIALIZED (
    SELECT p.id FROM asked AS a JOIN product AS p ON p.line = a.line AND p.id = coalesce(a.product, p.id)
), cell AS (
    SELECT c.ship_day, c.shipped AS units, 0::bigint AS events
      FROM asked AS a, chosen AS p
      JOIN ship_cell AS c ON c.product = p.id
     WHERE c.ship_day <= a.as_of_day
       AND c.country = coalesce($2, c.country) AND c.channel = coalesce($3, c.channel) AND c.lot = coalesce($4, c.lot)
     UNION ALL
    SELECT r.ship_day, 0, r.returned
      FROM asked AS a, chosen AS p
      JOIN return_cell AS r ON r.product = p.id
     WHERE r.ship_day + r.age_day <= a.as_of_day AND r.class = ANY (a.counted)
       AND r.country = coalesce($2, r.country) AND r.channel = coalesce($3, r.channel) AND r.lot = coalesce($4, r.lot)
)
SELECT a.data_version, a.settings_version, a.as_of_day AS as_of, c.ship_day, c.units, c.events
  FROM asked AS a
  LEFT JOIN (SELECT ship_day, sum(units)::bigint AS units, sum(events)::bigint AS events
               FROM cell
              GROUP BY ship_day) AS c ON true
 ORDER BY c.ship_day
