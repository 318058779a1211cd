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

\echo '# A line splits by country, month and channel, and each split adds up.'
EXECUTE line_rate_split('lin_00000000000000000000000001', 'country', NULL, NULL);
EXECUTE line_rate_split('lin_00000000000000000000000001', 'month', NULL, NULL);
EXECUTE line_rate_split('lin_00000000000000000000000001', 'channel', NULL, NULL);
EXECUTE line_rate_split('lin_00000000000000000000000001', 'country', '2026-02-01', '2026-03-01');

\echo '# It splits by product as well, returns that belong to no cohort among them.'
EXECUTE line_rate_split('lin_00000000000000000000000001', 'product', NULL, NULL);
EXECUTE line_rate_split('lin_00000000000000000000000001', 'product', '2026-03-01', NULL);

\echo '# A line that is not there is not found, however it is split; one without sales is empty.'
EXECUTE line_rate_split('lin_zzzzzzzzzzzzzzzzzzzzzzzzzz', 'country', NULL, NULL);
EXECUTE line_rate_split('lin_zzzzzzzzzzzzzzzzzzzzzzzzzz', 'product', NULL, NULL);
EXECUTE line_rate_split('lin_00000000000000000000000002', 'month', NULL, NULL);

\echo '# Imports are listed; the same file by the same mapping is there once.'
INSERT INTO sales_import (public_id, file_name, file_hash, map_hash, rows_read, rows_sold, rows_returned, rows_skipped, units_sold, units_returned) VALUES ('imp_00000000000000000000000001', 'a.csv', sha256('a'), sha256('b'), 3, 2, 1, 0, 30, 2);
EXECUTE sales_import_list(NULL, NULL, 9);
INSERT INTO sales_import (public_id, file_name, file_hash, map_hash, rows_read, rows_sold, rows_returned, rows_skipped, units_sold, units_returned) VALUES ('imp_00000000000000000000000002', 'again.csv', sha256('a'), sha256('b'), 3, 2, 1, 0, 30, 2);
