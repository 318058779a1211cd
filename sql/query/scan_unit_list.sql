-- scan_unit_list(line text, sku text, as_of date, tz text, bins integer, groups integer)
--
-- The registry of a line in the order of its serials, as it was at the end of
-- the day `as_of`: for each model and prefix (what stands before the last
-- digits) with twenty units and two of them back at least, the `groups` largest
-- of them, in `bins` bins of equal size or fewer, and by month of shipment:
-- units, those that came back, the first and last serial of both. There is a
-- row without a model if there is nothing.
--
-- lane: slow
WITH asked AS MATERIALIZED (
    SELECT line, product, as_of_day, data_version, settings_version FROM analysis_scope($1, $2, 'gross', $3, $4)
), chosen AS MATERIALIZED (
    SELECT p.id, p.model
      FROM asked AS a
      JOIN product AS p ON p.line = a.line AND p.id = coalesce(a.product, p.id)
), back AS MATERIALIZED (
    SELECT r.unit
      FROM asked AS a
      JOIN unit_event AS e ON e.return IS NOT NULL AND e.event_day <= a.as_of_day
      JOIN return AS r ON r.id = e.return AND r.product IN (SELECT id FROM chosen)
     WHERE r.unit IS NOT NULL
     GROUP BY r.unit
    HAVING sum(e.units) > 0
), sorted AS MATERIALIZED (
    SELECT c.model, regexp_replace(u.serial, '[0-9]+$', '') AS prefix, u.serial,
           date_trunc('month', u.shipped_on)::date AS month, b.unit IS NOT NULL AS back
      FROM asked AS a, chosen AS c
      JOIN unit AS u ON u.product = c.id
      LEFT JOIN back AS b ON b.unit = u.id
     WHERE u.shipped_on <= a.as_of_day
), grouped AS (
    SELECT model, prefix
      FROM sorted
     GROUP BY model, prefix
    HAVING count(*) >= 20 AND count(*) FILTER (WHERE back) >= 2
     ORDER BY count(*) DESC, model, prefix
     LIMIT $6
), binned AS (
    SELECT s.model, s.prefix, s.month, s.serial, s.back, lpad((row_number() OVER run)::text, 9, '0') || s.serial AS placed, ntile($5) OVER run AS bin
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
