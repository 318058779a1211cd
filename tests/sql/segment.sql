CREATE FUNCTION post(model text, country text, channel text, lot text, shipped date, came date, class text, reason text, units int) RETURNS void LANGUAGE sql AS $$ WITH p AS (INSERT INTO posting DEFAULT VALUES RETURNING id) INSERT INTO unit_event (posting, product, country, channel, lot, ship_day, event_day, class, reason, units) SELECT p.id, product.id, post.country, post.channel, post.lot, post.shipped, post.came, post.class, post.reason, post.units FROM p, product WHERE product.model = post.model $$;
SELECT post('MT-52', 'DE', 'amazon', 'A', '2026-01-05', '2026-01-05', NULL, '', 100), post('MT-0', 'FR', 'shop', '', '2026-01-06', '2026-01-06', NULL, '', 50), post('MT-52', 'DE', 'amazon', 'A', '2026-01-05', '2026-02-20', 'fault', 'BROKEN', 3), post('MT-52', 'DE', 'amazon', 'A', '2026-01-05', '2026-01-20', 'stock_rotation', '', 2), post('MT-0', 'FR', 'shop', '', '2026-01-06', '2026-02-25', 'remorse', '', 4), post('MT-0', 'FR', 'shop', '', '2026-01-06', '2026-03-25', 'remorse', '', 7), post('MT-0', 'FR', 'shop', '', '2026-01-06', '2026-02-25', 'claim', '', 9) \g /dev/null
EXECUTE rollup_fold \g /dev/null

\echo '# A line is told by each of its dimensions, the events of the months that are over.'
CREATE TEMP TABLE whole AS EXECUTE segment_cell_list('lin_00000000000000000000000001', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, '2026-03-15', NULL, NULL, 13, NULL);
SELECT dimension, key, month, event_month, shipped, events, leavers FROM whole ORDER BY 1, 2, 3, 4;
SELECT DISTINCT as_of, since FROM whole;

\echo '# What has left before the first month is told with the shipments.'
CREATE TEMP TABLE late AS EXECUTE segment_cell_list('lin_00000000000000000000000001', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, '2026-03-15', NULL, NULL, 1, NULL);
SELECT dimension, month, event_month, shipped, events, leavers FROM late WHERE dimension = 'line' ORDER BY 1, 2, 3;

\echo '# However it is filtered, rollups and the cells of days tell the same.'
CREATE TEMP TABLE filters AS SELECT country, channel, lot, sku FROM (VALUES (NULL, 'DE'), (NULL, 'FR'), (1, NULL)) AS c (n, country), (VALUES (NULL), ('amazon')) AS h (channel), (VALUES (NULL), ('A')) AS l (lot), (VALUES (NULL), ('MT-52')) AS s (sku);
CREATE FUNCTION of_rollups(dimension text, line bigint, country text, channel text, lot text, product bigint) RETURNS TABLE (key text, month date, event_month date, class text, units numeric) LANGUAGE sql AS $$ SELECT key, month, event_month, class, sum(units) FROM segment_cell($1, $2, $3, $4, $5, $6, NULL, NULL) WHERE $1 <> 'reason' GROUP BY 1, 2, 3, 4 HAVING sum(units) <> 0 UNION ALL SELECT reason, month, event_month, class, sum(units) FROM reason_cell($1, $2, $3, $4, $5, $6, NULL, NULL) WHERE $1 = 'reason' GROUP BY 1, 2, 3, 4 HAVING sum(units) <> 0 $$;
CREATE FUNCTION of_days(dimension text, line bigint, country text, channel text, lot text, product bigint) RETURNS TABLE (key text, month date, event_month date, class text, units numeric) LANGUAGE sql AS $$ SELECT CASE $1 WHEN 'country' THEN d.country WHEN 'channel' THEN d.channel WHEN 'lot' THEN d.lot WHEN 'product' THEN p.model ELSE d.reason END, date_trunc('month', d.ship_day)::date, date_trunc('month', d.ship_day + d.age_day)::date, d.class, sum(d.units) FROM day_count($2, $3, $4, $5, $6, NULL) AS d JOIN product AS p ON p.id = d.product WHERE $1 <> 'reason' OR d.class IS NOT NULL GROUP BY 1, 2, 3, 4 HAVING sum(d.units) <> 0 $$;
SELECT f.dimension, count(*) AS filters, sum(f.rows) > 4 AS enough, sum(f.different) AS different FROM (SELECT d.dimension, (SELECT count(*) FROM of_days(d.dimension, l.id, f.country, f.channel, f.lot, p.id)) AS rows, (SELECT count(*) FROM ((SELECT * FROM of_days(d.dimension, l.id, f.country, f.channel, f.lot, p.id) EXCEPT SELECT * FROM of_rollups(d.dimension, l.id, f.country, f.channel, f.lot, p.id)) UNION ALL (SELECT * FROM of_rollups(d.dimension, l.id, f.country, f.channel, f.lot, p.id) EXCEPT SELECT * FROM of_days(d.dimension, l.id, f.country, f.channel, f.lot, p.id))) AS either) AS different FROM (VALUES ('country'), ('channel'), ('lot'), ('product'), ('reason')) AS d (dimension), filters AS f JOIN product_line AS l ON l.code = 'tiller' LEFT JOIN product AS p ON p.model = f.sku) AS f GROUP BY 1 ORDER BY 1;

\echo '# The registry goes by serial, in bins, with what came back; models and prefixes apart.'
INSERT INTO unit (public_id, product, serial, shipped_on) SELECT new_id('unt'), p.id, 'SC' || n, '2026-01-05' FROM product AS p, generate_series(90, 113) AS n WHERE p.model = 'MT-0';
INSERT INTO return (public_id, number, state, product, product_id, model, line_code, serial, unit, reason, description, country, name, email, locale) SELECT new_id('ret'), 'R-0000-0' || lpad(substr(u.serial, 3), 3, '0') || '-0', 'closed', p.id, p.public_id, p.model, 'tiller', u.serial, u.id, 'doa', 'It does not start.', 'DE', 'Kim', 'kim@test.example', 'en' FROM unit AS u JOIN product AS p ON p.id = u.product WHERE u.serial IN ('SC98', 'SC99', 'SC100', 'SC113');
WITH posted AS (INSERT INTO posting DEFAULT VALUES RETURNING id) INSERT INTO unit_event (posting, product, country, channel, event_day, class, units, return) SELECT posted.id, r.product, 'DE', 'direct', CASE r.serial WHEN 'SC113' THEN date '2026-04-01' ELSE '2026-02-01' END, 'fault', 1, r.id FROM posted, return AS r;
WITH posted AS (INSERT INTO posting DEFAULT VALUES RETURNING id) INSERT INTO unit_event (posting, product, country, channel, event_day, class, units, return) SELECT posted.id, r.product, 'DE', 'direct', '2026-02-01', 'fault', -1, r.id FROM posted, return AS r WHERE serial = 'SC98';
CREATE TEMP TABLE serials AS EXECUTE scan_unit_list('lin_00000000000000000000000001', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, '2026-03-15', NULL, NULL, 4, 9);
SELECT model, prefix, bin, month, units, events, first, last, first_back, last_back FROM serials;
CREATE TEMP TABLE few AS EXECUTE scan_unit_list('lin_00000000000000000000000001', NULL, NULL, NULL, 'MT-52', NULL, NULL, NULL, NULL, NULL, '2026-03-15', NULL, NULL, 4, 9);
SELECT as_of, model FROM few;

\echo '# A line by the day of shipment, with what had come back by a day.'
CREATE TEMP TABLE days AS EXECUTE scan_day_list('lin_00000000000000000000000001', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 'gross', '2026-03-15', NULL, NULL);
SELECT ship_day, units, events FROM days;
CREATE TEMP TABLE french AS EXECUTE scan_day_list('lin_00000000000000000000000001', 'FR', NULL, NULL, NULL, NULL, NULL, NULL, NULL, 'gross', '2026-03-31', NULL, NULL);
SELECT ship_day, units, events FROM french;
EXECUTE scan_day_list('lin_zzzzzzzzzzzzzzzzzzzzzzzzzz', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
