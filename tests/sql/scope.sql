INSERT INTO posting (id) OVERRIDING SYSTEM VALUE VALUES (920000);
INSERT INTO unit_event (posting, product, country, channel, lot, ship_day, event_day, class, reason, units, money_minor)
SELECT 920000, p.id, (ARRAY['DE', 'FR'])[1 + n % 2], (ARRAY['amazon', 'dealer', 'shop'])[1 + n % 3], (ARRAY['A', 'B', ''])[1 + n % 3], d.day, d.day + e.age, e.class, e.reason, e.units, e.money
  FROM generate_series(0, 59) AS n, (VALUES ('MT-52'), ('MT-0')) AS m (model), LATERAL (SELECT date '2025-01-01' + n * 7 % 180 AS day) AS d, (VALUES (0, NULL, '', 40, 0), (3, 'fault', 'NOISE', 1, 1001), (25, 'remorse', '', 2, 500), (44, 'claim', 'WORN', 1, 0), (95, 'fault', 'NOISE', 1, 999)) AS e (age, class, reason, units, money)
  JOIN product AS p ON true
 WHERE p.model = m.model AND (e.class IS NULL OR (n + e.age) % 3 > 0);
EXECUTE rollup_fold \g /dev/null
\set line '\'lin_00000000000000000000000001\''
SELECT id AS tiller_id FROM product_line WHERE code = 'tiller' \gset

\echo '# By delivery channels take the days that are entered for them, or for all others; without a time nothing is told.'
SELECT (channel_clock(:tiller_id, NULL, 'delivery')).*;
INSERT INTO delivery_time (channel, days) VALUES ('amazon', 12), ('dealer', 30);
SELECT (channel_clock(:tiller_id, 'amazon', 'delivery')).*;
SELECT (channel_clock(:tiller_id, NULL, 'delivery')).*;
INSERT INTO delivery_time (channel, days) VALUES ('*', 0);
SELECT (channel_clock(:tiller_id, NULL, 'delivery')).* ORDER BY 1;
INSERT INTO delivery_time (channel, days) VALUES ('Amazon', 366);
UPDATE delivery_time SET days = 366 WHERE channel = 'amazon';

\echo '# Cells by a clock of days are those of a ledger in which all was shipped so many days later, and nothing came back before.'
CREATE TEMP TABLE moved AS SELECT e.product, e.country, e.channel, e.lot, e.ship_day + 12 AS day, greatest(e.event_day, e.ship_day + 12) AS came, e.class, e.reason, e.units FROM unit_event AS e WHERE e.posting = 920000;
CREATE TEMP TABLE expected AS SELECT country, channel, lot, model, reason, date_trunc('month', m.day)::date AS month, CASE WHEN m.class IS NOT NULL THEN age_period(m.came - m.day) END AS period, CASE WHEN m.class IS NOT NULL THEN date_trunc('month', m.came)::date END AS event_month, m.class, m.units FROM moved AS m JOIN product AS p ON p.id = m.product;
CREATE TEMP TABLE filters AS SELECT * FROM (VALUES (NULL), ('FR')) AS c (country), (VALUES (NULL), ('amazon')) AS h (channel), (VALUES (NULL), ('B')) AS l (lot), (VALUES (NULL), ('MT-52')) AS s (sku);
CREATE FUNCTION pg_temp.compared(found bigint, missing bigint) RETURNS text LANGUAGE sql AS $$ SELECT CASE WHEN found > 0 THEN missing::text ELSE 'nothing' END $$;
WITH line AS (SELECT f.country, f.channel, f.lot, f.sku, c.month, c.period, c.event_month, c.class, sum(c.units) AS units FROM filters AS f LEFT JOIN product AS p ON p.model = f.sku, line_cell(:tiller_id, f.country, f.channel, f.lot, p.id, NULL, 12) AS c GROUP BY 1, 2, 3, 4, 5, 6, 7, 8),
     wanted AS (SELECT f.country, f.channel, f.lot, f.sku, e.month, e.period, e.event_month, e.class, sum(e.units) AS units FROM filters AS f JOIN expected AS e ON e.country = coalesce(f.country, e.country) AND e.channel = coalesce(f.channel, e.channel) AND e.lot = coalesce(f.lot, e.lot) AND e.model = coalesce(f.sku, e.model) GROUP BY 1, 2, 3, 4, 5, 6, 7, 8)
SELECT 'line' AS cells, pg_temp.compared((SELECT count(*) FROM line), (SELECT count(*) FROM ((TABLE line EXCEPT TABLE wanted) UNION ALL (TABLE wanted EXCEPT TABLE line)) AS x)) AS different;
WITH part AS (SELECT d.key AS dimension, c.key, c.month, c.period, c.event_month, c.class, sum(c.units) AS units FROM unnest(ARRAY['country', 'channel', 'product', 'lot', 'month', 'class']) AS d (key), segment_cell(d.key, :tiller_id, NULL, NULL, NULL, NULL, NULL, 12) AS c GROUP BY 1, 2, 3, 4, 5, 6),
     wanted AS (SELECT d.key AS dimension, CASE d.key WHEN 'country' THEN e.country WHEN 'channel' THEN e.channel WHEN 'product' THEN e.model WHEN 'lot' THEN e.lot WHEN 'month' THEN to_char(e.month, 'YYYY-MM') ELSE e.class END AS key, e.month, e.period, e.event_month, e.class, sum(e.units) AS units FROM unnest(ARRAY['country', 'channel', 'product', 'lot', 'month', 'class']) AS d (key), expected AS e GROUP BY 1, 2, 3, 4, 5, 6)
SELECT 'segment' AS cells, pg_temp.compared((SELECT count(*) FROM part), (SELECT count(*) FROM ((TABLE part EXCEPT TABLE wanted) UNION ALL (TABLE wanted EXCEPT TABLE part)) AS x)) AS different;
WITH reason AS (SELECT c.reason, c.month, c.event_month, c.class, sum(c.units) AS units FROM reason_cell('reason', :tiller_id, NULL, NULL, NULL, NULL, NULL, 12) AS c GROUP BY 1, 2, 3, 4),
     wanted AS (SELECT reason, month, event_month, class, sum(units) AS units FROM expected WHERE class IS NOT NULL GROUP BY 1, 2, 3, 4)
SELECT 'reason' AS cells, pg_temp.compared((SELECT count(*) FROM reason), (SELECT count(*) FROM ((TABLE reason EXCEPT TABLE wanted) UNION ALL (TABLE wanted EXCEPT TABLE reason)) AS x)) AS different;
WITH cube AS (SELECT c.country, c.channel, c.month, c.period, c.class, CASE WHEN c.class IS NOT NULL THEN c.reason END AS reason, sum(c.units) AS units FROM cube_cell(:tiller_id, NULL, NULL, NULL, NULL, NULL, 12, '-infinity', 'infinity') AS c GROUP BY 1, 2, 3, 4, 5, 6),
     wanted AS (SELECT country, channel, month, period, class, CASE WHEN class IS NOT NULL THEN reason END, sum(units) AS units FROM expected GROUP BY 1, 2, 3, 4, 5, 6)
SELECT 'cube' AS cells, pg_temp.compared((SELECT count(*) FROM cube), (SELECT count(*) FROM ((TABLE cube EXCEPT TABLE wanted) UNION ALL (TABLE wanted EXCEPT TABLE cube)) AS x)) AS different;

\echo '# Every analysis goes by that clock: amazon twelve days later, dealers a period, the shop at once.'
CREATE TEMP TABLE cohorts AS EXECUTE cohort_cell_list(:line, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 'gross', '2025-12-31', NULL, 'delivery');
SELECT month, sum(shipped) AS shipped, sum(events) AS events FROM cohorts GROUP BY month ORDER BY month;
CREATE TEMP TABLE nevada AS EXECUTE line_nevada_list(:line, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 'gross', '2025-12-31', NULL, 'delivery');
CREATE TEMP TABLE history AS EXECUTE line_history_list(:line, false, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 'gross', '2025-12-31', 'delivery', '2025-01-01', 12, 1);
CREATE TEMP TABLE split AS EXECUTE line_rate_split(:line, 'month', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 'gross', '2025-12-31', NULL, 'delivery', 365);
CREATE TEMP TABLE flow AS EXECUTE line_flow_split(:line, 'month', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 'gross', '2025-12-31', NULL, 'delivery');
CREATE TEMP TABLE segments AS EXECUTE segment_cell_list(:line, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 'gross', '2025-12-31', NULL, 'delivery', 12, 1);
CREATE TEMP TABLE reserves AS EXECUTE reserve_list(:line, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 'gross', '2025-12-31', NULL, 'delivery', NULL, NULL, 'EUR');
CREATE TEMP TABLE scanned AS EXECUTE scan_day_list(:line, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 'gross', '2025-12-31', NULL, 'delivery');
CREATE TEMP TABLE lives AS EXECUTE line_life_list(:line, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 'gross', '2025-12-31', NULL, 'delivery', false, 0);
SELECT (SELECT string_agg(DISTINCT s.sums, ' | ') FROM (SELECT string_agg(month || ' ' || shipped, ', ' ORDER BY month) AS sums FROM (SELECT month, sum(shipped) AS shipped FROM cohorts GROUP BY 1) AS x UNION ALL SELECT string_agg(month || ' ' || shipped, ', ' ORDER BY month) FROM nevada WHERE event_month IS NULL UNION ALL SELECT string_agg(month || ' ' || units, ', ' ORDER BY month) FROM history WHERE kind = 'shipped' UNION ALL SELECT string_agg(key || '-01 ' || shipped, ', ' ORDER BY key) FROM split WHERE shipped > 0 UNION ALL SELECT string_agg(key || '-01 ' || sold, ', ' ORDER BY key) FROM flow WHERE sold > 0 UNION ALL SELECT string_agg(month || ' ' || shipped, ', ' ORDER BY month) FROM segments WHERE dimension = 'line' AND event_month IS NULL UNION ALL SELECT string_agg(month || ' ' || shipped, ', ' ORDER BY month) FROM reserves WHERE month IS NOT NULL UNION ALL SELECT string_agg(month || ' ' || units, ', ' ORDER BY month) FROM (SELECT date_trunc('month', ship_day)::date AS month, sum(units) AS units FROM scanned GROUP BY 1) AS x UNION ALL SELECT string_agg(month || ' ' || units, ', ' ORDER BY month) FROM (SELECT cohort AS month, sum(shipped) AS units FROM lives WHERE cohort IS NOT NULL GROUP BY 1) AS x) AS s) AS shipped_by_month;
SELECT (SELECT count(*) FROM moved WHERE class IN ('fault', 'remorse')) > 0 AS some, (SELECT sum(events) FROM nevada) AS nevada, (SELECT sum(returned) FROM flow) AS flow, (SELECT sum(events) FROM segments WHERE dimension = 'line') AS segments, (SELECT sum(events) FROM scanned) AS scanned, (SELECT sum(units) FROM unit_event WHERE posting = 920000 AND class IN ('fault', 'remorse')) AS ledger;
EXECUTE cohort_cell_list(:line, NULL, NULL, NULL, NULL, NULL, NULL, '2025-03-01', '2025-04-01', 'gross', '2025-04-30', NULL, 'delivery');

\echo '# A range of serials is of the units of the registry, and of what was filed here; from, to or both, in their order.'
INSERT INTO unit (public_id, product, serial, lot, shipped_on, country, channel) SELECT new_id('unt'), p.id, 'SR' || n, (ARRAY['A', 'B'])[1 + n % 2], date '2025-02-01' + n, 'DE', CASE WHEN n % 2 = 0 THEN 'amazon' END FROM product AS p, generate_series(95, 104) AS n WHERE p.model = 'MT-52';
INSERT INTO unit (public_id, product, serial) SELECT new_id('unt'), p.id, 'SR105' FROM product AS p WHERE p.model = 'MT-52';
INSERT INTO return (public_id, number, state, product, product_id, model, line_code, serial, unit, reason, description, country, name, email, locale) SELECT new_id('ret'), 'R-0000-0' || lpad(substr(u.serial, 3), 3, '0') || '-0', 'closed', p.id, p.public_id, p.model, 'tiller', u.serial, u.id, 'doa', 'It does not start.', 'FR', 'Kim', 'kim@test.example', 'en' FROM unit AS u JOIN product AS p ON p.id = u.product WHERE u.serial IN ('SR96', 'SR99', 'SR100');
WITH posted AS (INSERT INTO posting DEFAULT VALUES RETURNING id) INSERT INTO unit_event (posting, product, country, channel, event_day, class, reason, units, return) SELECT posted.id, r.product, 'FR', 'direct', u.shipped_on + 40, 'fault', 'doa', 1, r.id FROM posted, return AS r JOIN unit AS u ON u.id = r.unit WHERE u.serial LIKE 'SR%';
WITH posted AS (INSERT INTO posting DEFAULT VALUES RETURNING id) INSERT INTO unit_event (posting, product, country, channel, event_day, class, reason, units, return) SELECT posted.id, r.product, 'FR', 'direct', u.shipped_on + 40, 'fault', 'doa', -1, r.id FROM posted, return AS r JOIN unit AS u ON u.id = r.unit WHERE u.serial = 'SR96';
SELECT serial_range(NULL, NULL) IS NULL AS nothing, (serial_range('A1', NULL))[1] AS first, length((serial_range('A1', NULL))[2]) > 40 AS open, serial_range(NULL, 'B2') AS until;
CREATE FUNCTION pg_temp.of_serials(country text, channel text, lot text, serial_from text, serial_to text) RETURNS text LANGUAGE sql AS $$ SELECT coalesce(sum(units) FILTER (WHERE class IS NULL), 0) || ' shipped ' || coalesce(sum(units) FILTER (WHERE class = 'fault'), 0) || ' back' FROM day_count((SELECT id FROM product_line WHERE code = 'tiller'), $1, $2, $3, NULL, serial_range($4, $5)) $$;
SELECT pg_temp.of_serials(NULL, NULL, NULL, 'SR97', 'SR101') AS five, pg_temp.of_serials(NULL, NULL, NULL, 'SR100', NULL) AS from_100, pg_temp.of_serials(NULL, NULL, NULL, NULL, 'SR99') AS to_99, pg_temp.of_serials(NULL, 'amazon', 'A', 'SR95', 'SR104') AS amazon, pg_temp.of_serials(NULL, 'direct', NULL, 'SR95', 'SR104') AS no_channel, pg_temp.of_serials('FR', NULL, NULL, 'SR95', 'SR104') AS elsewhere, pg_temp.of_serials(NULL, NULL, NULL, 'SR104', 'SR95') AS backwards;
EXECUTE cohort_cell_list(:line, NULL, NULL, NULL, NULL, 'SR97', 'SR101', NULL, NULL, 'gross', '2025-12-31', NULL, NULL);
EXECUTE line_pareto_list(:line, 'reason', NULL, NULL, NULL, NULL, 'SR97', 'SR101', NULL, NULL, 'gross', '2025-12-31', NULL, NULL, NULL, 'EUR');
CREATE TEMP TABLE serials AS EXECUTE line_history_list(NULL, false, NULL, NULL, NULL, NULL, 'SR97', 'SR101', NULL, NULL, 'gross', '2025-12-31', NULL, '2025-01-01', 12, 1);
SELECT kind, month, period, event_month, units, gross FROM serials ORDER BY kind, month, period, event_month;
CREATE TEMP TABLE cube AS EXECUTE line_cube_list(:line, NULL, NULL, NULL, NULL, 'SR97', 'SR101', NULL, NULL, 'gross', '2025-12-31', NULL, NULL, 3, NULL, 'EUR');
SELECT currency, country, channel, shipped, class, reason, returned FROM cube;
CREATE TEMP TABLE bins AS EXECUTE scan_unit_list(:line, NULL, NULL, NULL, NULL, 'SR97', NULL, NULL, NULL, NULL, '2025-12-31', NULL, NULL, 4, 9);
SELECT count(model) AS too_few FROM bins;

\echo '# The order of serials is that of an index.'
SET LOCAL enable_seqscan = off;
SET LOCAL enable_bitmapscan = off;
EXPLAIN (COSTS OFF) SELECT 1 FROM unit AS u WHERE u.product = 1 AND (length(u.serial), u.serial) >= (4, 'SR97') AND (length(u.serial), u.serial) <= (5, 'SR101');
RESET enable_seqscan;
RESET enable_bitmapscan;

\echo '# Money is told in another currency by the rates of a day, with its decimals; without a rate it stays as it is.'
INSERT INTO exchange_rate (currency, valid_from, rate) VALUES ('USD', '2025-01-01', 0.8), ('USD', '2025-06-01', 0.5), ('JPY', '2025-01-01', 0.005), ('KWD', '2025-01-01', 3);
SELECT own, wanted, m.currency, trim_scale(m.factor) AS factor FROM (VALUES ('EUR', 'USD', date '2025-05-31'), ('EUR', 'USD', '2025-06-01'), ('USD', 'EUR', '2025-06-01'), ('USD', 'JPY', '2025-06-01'), ('JPY', 'USD', '2025-06-01'), ('EUR', 'KWD', '2025-06-01'), ('EUR', 'EUR', '2025-06-01'), ('EUR', NULL, '2025-06-01'), ('EUR', 'GBP', '2025-06-01'), ('GBP', 'EUR', '2025-06-01'), ('EUR', 'USD', '2024-12-31')) AS v (own, wanted, day), money_in(own, wanted, 'EUR', day) AS m;
INSERT INTO line_cost (line, valid_from, currency, price_minor, cogs_minor, outbound_minor, fees_minor, inbound_minor, inspect_minor, repair_minor, recovery_minor, claim_cost_minor, margin_low_minor, margin_high_minor) SELECT id, v.day, v.currency, 1000, 500, 50, 100, 60, 20, 30, 200, v.claim, -100, 300 FROM product_line, (VALUES (date '2020-01-01', 'EUR', 400), ('2025-07-01', 'GBP', 600)) AS v (day, currency, claim) WHERE code = 'tiller';
CREATE TEMP TABLE facts AS EXECUTE line_fact_list(:line, false, NULL, '2025-12-31', NULL, 'USD', 'EUR');
SELECT valid_from, currency, price_minor, recovery_minor, claims_per_unit, claim_cost_minor, margin_low_minor, margin_high_minor, loss_low_minor FROM facts;
EXECUTE line_pareto_list(:line, 'class', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 'fault', '2025-12-31', NULL, NULL, 'USD', 'EUR');
EXECUTE line_pareto_list(:line, 'class', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 'fault', '2025-12-31', NULL, NULL, 'GBP', 'EUR');
CREATE TEMP TABLE dollars AS EXECUTE reserve_list(:line, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 'claim', '2025-06-30', NULL, NULL, '2025-05-31', 'USD', 'EUR');
SELECT DISTINCT code, currency, cost, cost_before FROM dollars WHERE code = 'tiller';
CREATE TEMP TABLE pounds AS EXECUTE reserve_list(:line, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 'claim', '2025-12-31', NULL, NULL, NULL, 'USD', 'EUR');
SELECT DISTINCT code, currency, cost, cost_before FROM pounds WHERE code = 'tiller';
CREATE TEMP TABLE between_two AS EXECUTE reserve_list(:line, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 'claim', '2025-07-31', NULL, NULL, '2025-06-30', NULL, 'EUR');
SELECT DISTINCT code, currency, cost, cost_before FROM between_two WHERE code = 'tiller';
INSERT INTO exchange_rate (currency, valid_from, rate) VALUES ('GBP', '2025-01-01', 1.25);
CREATE TEMP TABLE converted AS EXECUTE reserve_list(:line, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 'claim', '2025-07-31', NULL, NULL, '2025-06-30', NULL, 'EUR');
SELECT DISTINCT code, currency, cost, cost_before FROM converted WHERE code = 'tiller';

\echo '# A rate or a time of delivery that is entered makes another version of the settings.'
SELECT version AS before FROM settings_state \gset
INSERT INTO exchange_rate (currency, valid_from, rate) VALUES ('CHF', '2025-01-01', 1);
UPDATE delivery_time SET days = 13 WHERE channel = 'amazon';
SELECT version - :before AS versions FROM settings_state;

\echo '# Reserves take the filters: they add up to the whole.'
CREATE TEMP TABLE everywhere AS EXECUTE reserve_list(:line, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 'claim', '2025-12-31', NULL, NULL, NULL, NULL, 'EUR');
CREATE TEMP TABLE germany AS EXECUTE reserve_list(:line, 'DE', NULL, NULL, NULL, NULL, NULL, NULL, NULL, 'claim', '2025-12-31', NULL, NULL, NULL, NULL, 'EUR');
CREATE TEMP TABLE france AS EXECUTE reserve_list(:line, 'FR', NULL, NULL, NULL, NULL, NULL, NULL, NULL, 'claim', '2025-12-31', NULL, NULL, NULL, NULL, 'EUR');
CREATE TEMP TABLE spring AS EXECUTE reserve_list(:line, NULL, NULL, NULL, 'MT-52', NULL, NULL, '2025-03-01', '2025-05-01', 'claim', '2025-12-31', NULL, NULL, NULL, NULL, 'EUR');
SELECT (SELECT sum(shipped) FROM everywhere) = (SELECT sum(shipped) FROM germany) + (SELECT sum(shipped) FROM france) AS shipped, (SELECT sum(events) FROM everywhere) = (SELECT sum(events) FROM germany) + (SELECT sum(events) FROM france) AS events, (SELECT sum(left_all) FROM everywhere) = (SELECT sum(left_all) FROM germany) + (SELECT sum(left_all) FROM france) AS left_all;
SELECT code, month, shipped, left_all FROM spring WHERE month IS NOT NULL ORDER BY code, month;
