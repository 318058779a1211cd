INSERT INTO rate_month (line, month, country, channel, sold, returned)
SELECT l.id, v.month, v.country, v.channel, v.sold, v.returned
  FROM (VALUES ('tiller', date '2026-01-01', 'DE', 'amazon', 100, 4),
               ('tiller', date '2026-01-01', 'FR', 'direct', 50, 3),
               ('tiller', date '2026-02-01', 'DE', 'amazon', 200, 10)) AS v (line, month, country, channel, sold, returned)
  JOIN product_line AS l ON l.code = v.line;
\echo '# A change counts once it is folded, sales by the month of shipment and returns by the month in which they came.'
INSERT INTO posting (id) OVERRIDING SYSTEM VALUE VALUES (900000);
INSERT INTO unit_event (posting, product, country, channel, ship_day, event_day, class, units) SELECT 900000, p.id, 'DE', 'amazon', v.shipped, v.came, v.class, v.units FROM product AS p, (VALUES (date '2026-02-10', date '2026-02-10', NULL, 7), ('2026-02-10', '2026-03-02', 'fault', 2), ('2026-02-10', '2026-03-02', 'fault', -1), (NULL, '2026-03-31', 'remorse', 1), ('2026-02-10', '2026-02-20', 'claim', 1), (NULL, '2026-02-20', 'cancel', 1)) AS v (shipped, came, class, units) WHERE p.model = 'MT-52';
SELECT sum(sold) AS sold, sum(returned) AS returned FROM rate_month WHERE month >= '2026-02-01';
EXECUTE rollup_fold;
SELECT month, country, channel, sold, returned FROM rate_month ORDER BY month, country;

\echo '# What flowed splits by country, month and channel, returns that belong to no cohort among it; a month of shipment does not limit them.'
EXECUTE line_flow_split('lin_00000000000000000000000001', 'country', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, '2026-06-30', NULL, NULL);
EXECUTE line_flow_split('lin_00000000000000000000000001', 'month', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, '2026-06-30', NULL, NULL);
EXECUTE line_flow_split('lin_00000000000000000000000001', 'channel', NULL, NULL, NULL, NULL, NULL, NULL, '2026-03-01', '2026-04-01', NULL, '2026-06-30', NULL, NULL);
EXECUTE line_flow_split('lin_00000000000000000000000001', 'product', NULL, NULL, NULL, 'MT-52', NULL, NULL, NULL, NULL, 'gross', '2026-06-30', NULL, NULL);
EXECUTE line_flow_split('lin_00000000000000000000000001', 'class', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 'remorse,claim', '2026-03-01', NULL, NULL);

\echo '# Cohorts split by every dimension; what is too young is shipped and not matured.'
EXECUTE line_rate_split('lin_00000000000000000000000001', 'country', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, '2026-06-30', NULL, NULL, 30);
EXECUTE line_rate_split('lin_00000000000000000000000001', 'month', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, '2026-03-31', NULL, NULL, 60);
EXECUTE line_rate_split('lin_00000000000000000000000001', 'class', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 'fault,claim', '2026-06-30', NULL, NULL, 30);
EXECUTE line_rate_split('lin_00000000000000000000000001', 'lot', 'DE', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, '2026-06-30', NULL, NULL, 30);

\echo '# Each dimension adds up to the same, with filters and without, by whichever rollup is read.'
INSERT INTO posting (id) OVERRIDING SYSTEM VALUE VALUES (900001);
INSERT INTO unit_event (posting, product, country, channel, lot, ship_day, event_day, class, units) SELECT 900001, p.id, v.country, v.channel, v.lot, v.shipped, v.shipped + v.age, v.class, v.units FROM (VALUES ('MT-52', 'DE', 'amazon', 'A', date '2026-01-05', 0, NULL, 40), ('MT-52', 'DE', 'amazon', 'A', '2026-01-05', 45, 'fault', 3), ('MT-52', 'FR', 'direct', 'B', '2026-01-20', 0, NULL, 30), ('MT-52', 'FR', 'direct', 'B', '2026-01-20', 100, 'claim', 2), ('MT-0', 'DE', 'direct', 'A', '2025-11-20', 0, NULL, 20), ('MT-0', 'DE', 'direct', 'A', '2025-11-20', 10, 'fault', 1), ('MT-52', 'FR', 'amazon', '', '2026-01-20', 0, NULL, 5), ('MT-52', 'FR', 'amazon', '', '2026-01-20', 3, 'fault', 5)) AS v (model, country, channel, lot, shipped, age, class, units) JOIN product AS p USING (model);
EXECUTE rollup_fold;
CREATE FUNCTION sums(dimension text, country text, product bigint) RETURNS text LANGUAGE sql AS $$ SELECT coalesce(sum(units) FILTER (WHERE class IS NULL), 0) || ' ' || coalesce(sum(units * (1 + period)) FILTER (WHERE class = 'fault'), 0) || ' ' || coalesce(sum(units) FILTER (WHERE class = 'claim'), 0) FROM segment_cell($1, (SELECT id FROM product_line WHERE code = 'tiller'), $2, NULL, NULL, $3, NULL, NULL) $$;
SELECT country, model, count(*) AS dimensions, count(DISTINCT sums) AS different, min(sums) AS sums FROM unnest(ARRAY['country', 'channel', 'month', 'product', 'lot', 'class']) AS dimension, (VALUES (NULL, NULL), ('DE', NULL), (NULL, 'MT-52'), ('DE', 'MT-52')) AS filter (country, model), LATERAL (SELECT sums(dimension, country, (SELECT id FROM product AS p WHERE p.model = filter.model)) AS sums) AS s GROUP BY country, model ORDER BY country, model;

\echo '# A line that is not there is not found, however it is split; one without sales is empty.'
EXECUTE line_rate_split('lin_zzzzzzzzzzzzzzzzzzzzzzzzzz', 'country', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 90);
EXECUTE line_flow_split('lin_zzzzzzzzzzzzzzzzzzzzzzzzzz', 'product', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
EXECUTE line_rate_split('lin_00000000000000000000000002', 'month', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, '2026-06-30', NULL, NULL, 90);

\echo '# Imports are listed; the same file by the same mapping is there once.'
INSERT INTO sales_import (public_id, file_name, file_hash, map_hash, rows_read, rows_sold, rows_returned, rows_skipped, units_sold, units_returned) VALUES ('imp_00000000000000000000000001', 'a.csv', sha256('a'), sha256('b'), 3, 2, 1, 0, 30, 2);
EXECUTE sales_import_list(NULL, NULL, 9);
INSERT INTO sales_import (public_id, file_name, file_hash, map_hash, rows_read, rows_sold, rows_returned, rows_skipped, units_sold, units_returned) VALUES ('imp_00000000000000000000000002', 'again.csv', sha256('a'), sha256('b'), 3, 2, 1, 0, 30, 2);
