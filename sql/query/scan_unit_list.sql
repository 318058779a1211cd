-- scan_unit_list(line text, country text, channel text, lot text, sku text, serial_from text, serial_to text, from_month date, to_month date, classes text, as_of date, tz text, clock text, bins integer, groups integer)
--
-- The registry of a line in the order of its serials, as it was at the end of
-- the day `as_of`: for each model and prefix (what stands before the last
-- digits) with twenty units and two of them back at least, the `groups` largest
-- of them, in `bins` bins of equal size or fewer, and by month of shipment:
-- units, those with an event of `classes`, the first and last serial of both. By
-- another clock months are those of delivery or first use. There is a row without a
-- model if there is nothing.
--
-- lane: slow
WITH asked AS MATERIALIZED (
    SELECT line, product, coalesce(serials, serial_range('', NULL)) AS serials, as_of_day, counted, data_version,
           settings_version
      FROM analysis_scope($1, $5, $6, $7, $10, $11, $12)
), chosen AS MATERIALIZED (
    SELECT p.id, p.model
      FROM asked AS a
      JOIN product AS p ON p.line = a.line AND p.id = coalesce(a.product, p.id)
), clock AS MATERIALIZED (
    SELECT l.channel, l.days FROM asked AS a, channel_clock(a.line, $3, $13) AS l
), back AS MATERIALIZED (
    SELECT r.unit
      FROM asked AS a
      JOIN unit_event AS e ON e.return IS NOT NULL AND e.event_day <= a.as_of_day
                         AND e.class = ANY (a.counted)
      JOIN return AS r ON r.id = e.return AND r.product IN (SELECT id FROM chosen)
     WHERE r.unit IS NOT NULL
     GROUP BY r.unit
    HAVING sum(e.units) > 0
), sorted AS MATERIALIZED (
    SELECT c.model, regexp_replace(u.serial, '[0-9]+$', '') AS prefix, u.serial,
           date_trunc('month', d.day)::date AS month, b.unit IS NOT NULL AS back
      FROM asked AS a
     CROSS JOIN chosen AS c
      JOIN unit AS u ON u.product = c.id
      LEFT JOIN clock AS l ON l.channel = coalesce(u.channel, 'direct')
      LEFT JOIN back AS b ON b.unit = u.id,
               LATERAL (SELECT u.shipped_on + coalesce(l.days, 0) AS day) AS d
     WHERE d.day <= a.as_of_day
       AND d.day >= coalesce($8, '-infinity')
       AND d.day < coalesce($9, 'infinity')
       AND (length(u.serial), u.serial) >= (length(a.serials[1]), a.serials[1])
       AND (length(u.serial), u.serial) <= (length(a.serials[2]), a.serials[2])
       AND ($2 IS NULL OR u.country = $2) AND ($3 IS NULL OR coalesce(u.channel, 'direct') = $3) AND ($4 IS NULL OR u.lot = $4)
), grouped AS (
    SELECT model, prefix
      FROM sorted
     GROUP BY model, prefix
    HAVING count(*) >= 20 AND count(*) FILTER (WHERE back) >= 2
     ORDER BY count(*) DESC, model, prefix
     LIMIT $15
), binned AS (
    SELECT s.model, s.prefix, s.month, s.serial, s.back, lpad((row_number() OVER run)::text, 9, '0') || s.serial AS placed, ntile($14) OVER run AS bin
      FROM sorted AS s JOIN grouped AS g USING (model, prefix)
    WINDOW run AS (PARTITION BY s.model, s.prefix ORDER BY length(s.serial), s.serial)
), bin AS (
    SELECT model, prefix, bin, month, count(*) AS units, count(*) FILTER (WHERE back) AS events,
           substr(min(placed), 10) AS first, substr(max(placed), 10) AS last,
           substr(min(placed) FILTER (WHERE back), 10) AS first_back,
           substr(max(placed) FILTER (WHERE back), 10) AS last_back
      FROM binned
     GROUP BY model, prefix, bin, month
)
SELECT a.data_version, a.settings_version, a.as_of_day AS as_of, b.model, b.prefix, b.bin, b.month, b.units, b.events,
       b.first, b.last, b.first_back, b.last_back
  FROM asked AS a
  LEFT JOIN bin AS b ON true
 ORDER BY b.model, b.prefix, b.bin, b.month
