INSERT INTO product_line (public_id, code, name, family) VALUES ('lin_00000000000000000000000003', 'mower', 'Mowers', 'garden');
INSERT INTO product (public_id, line, model, name) SELECT 'prd_00000000000000000000000004', id, 'MW-1', 'Mower' FROM product_line WHERE code = 'mower';
UPDATE product_line SET family = 'garden', fee_category = 'luggage' WHERE code = 'tiller';
INSERT INTO line_cost (line, valid_from, currency, price_minor, cogs_minor, outbound_minor, fees_minor, inbound_minor, inspect_minor, repair_minor, recovery_minor) SELECT id, v.day, 'EUR', v.price, 2, 3, 4, 5, 6, 7, 8 FROM product_line, (VALUES (date '2020-01-01', 90), ('2026-02-01', 80), ('2099-01-01', 1)) AS v (day, price) WHERE code = 'tiller';
CREATE FUNCTION post(model text, channel text, lot text, shipped date, came date, class text, reason text, units int) RETURNS void LANGUAGE sql AS $$ WITH p AS (INSERT INTO posting DEFAULT VALUES RETURNING id) INSERT INTO unit_event (posting, product, country, channel, lot, ship_day, event_day, class, reason, units) SELECT p.id, product.id, 'DE', post.channel, post.lot, post.shipped, post.came, post.class, post.reason, post.units FROM p, product WHERE product.model = post.model $$;

\echo '# Facts: a row for each line and each of its costs by that day; families, fees and models choose lines.'
CREATE TEMP TABLE facts AS EXECUTE line_fact_list(NULL, false, NULL, '2026-03-15', NULL, NULL, 'EUR');
SELECT as_of, current, code, family, category, threshold, valid_from, price_minor FROM facts;
CREATE TEMP TABLE relatives AS EXECUTE line_fact_list('lin_00000000000000000000000003', true, NULL, '2020-06-01', NULL, NULL, 'EUR');
SELECT code, valid_from FROM relatives;
CREATE TEMP TABLE models AS EXECUTE line_fact_list(NULL, false, 'GX-2', '2026-03-15', NULL, NULL, 'EUR');
SELECT code FROM models;
EXECUTE line_fact_list('lin_zzzzzzzzzzzzzzzzzzzzzzzzzz', false, NULL, NULL, NULL, NULL, 'EUR');

\echo '# Thresholds are told as they were changed last, and nobody takes a change back.'
INSERT INTO flag_setting (public_id, name, value, note) VALUES (new_id('fse'), 'ratio_min', 2, 'too many alarms'), (new_id('fse'), 'ratio_min', 1.5, 'too few'), (new_id('fse'), 'age', 60, 'earlier');
CREATE TEMP TABLE changed AS EXECUTE line_fact_list('lin_00000000000000000000000002', false, NULL, '2026-03-15', NULL, NULL, 'EUR');
SELECT string_agg(w, ' ' ORDER BY w) AS thresholds FROM changed, regexp_split_to_table(thresholds, ' ') AS w;
UPDATE flag_setting SET value = 1;
DELETE FROM flag_event;

\echo '# History: shipments, ages that are over, months of events, lots, the fee, what belongs to no cohort, danger.'
SELECT post('MT-52', 'amazon', 'A', '2026-01-05', '2026-01-05', NULL, '', 100), post('MT-52', 'amazon_fba', 'A', '2026-01-06', '2026-01-06', NULL, '', 50), post('MT-52', 'amazonia', 'A', '2026-02-01', '2026-02-01', NULL, '', 30), post('MT-52', 'amazon', 'A', '2026-01-05', '2026-01-20', 'fault', 'ELECTRIC_SHOCK', 3), post('MT-52', 'amazon_fba', 'A', '2026-01-06', '2026-03-10', 'unknown', '', 2), post('MT-52', 'amazon', 'A', '2026-01-05', '2026-02-25', 'remorse', 'cocoa', 4), post('MT-52', 'amazon', 'A', '2026-01-05', '2026-02-26', 'restocked', '', 1), post('MT-52', 'amazon', 'A', '2026-01-05', '2025-12-31'::date + 200, 'fault', '', 1), post('MT-52', 'amazon', '', NULL, '2026-02-03', 'fault', 'caught fire!', 5), post('MW-1', 'direct', 'B', '2026-01-07', '2026-01-07', NULL, '', 10), post('MW-1', 'direct', 'B', '2026-01-07', '2026-01-09', 'fault', '', 3);
EXECUTE rollup_fold;
CREATE TEMP TABLE history AS EXECUTE line_history_list(NULL, false, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, '2026-03-31', NULL, '2024-03-01', 12, 77);
SELECT l.code, h.kind, h.key, h.month, h.period, h.event_month, units, counted, gross, net, recovered, quality, suspect, leavers FROM history AS h JOIN product_line AS l ON l.id = h.line ORDER BY l.code, h.kind, h.month, h.period, h.event_month;
SELECT DISTINCT data_version > 0 AS versioned, settings_version, as_of FROM history;

\echo '# As of the middle of a month that is over, that month is not told yet; on its last day it is.'
CREATE TEMP TABLE middle AS EXECUTE line_history_list('lin_00000000000000000000000001', false, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, '2026-02-27', NULL, '2024-03-01', 12, 1);
SELECT kind, month, period, event_month, units, counted, suspect FROM middle WHERE kind IN ('age', 'lag') ORDER BY kind, month, period, event_month;
CREATE TEMP TABLE ending AS EXECUTE line_history_list('lin_00000000000000000000000001', false, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, '2026-02-28', NULL, '2024-03-01', 12, 1);
SELECT kind, month, period, event_month, units, counted, suspect FROM ending WHERE kind IN ('age', 'lag') ORDER BY kind, month, period, event_month;

\echo '# Filters leave out what they do not know: lots, the fee, danger. Months before `since` are told by who has left.'
CREATE TEMP TABLE filtered AS EXECUTE line_history_list('lin_00000000000000000000000003', true, NULL, 'amazon', 'A', NULL, NULL, NULL, '2026-01-01', '2026-02-01', 'gross', '2026-03-31', NULL, '2026-02-01', 12, 1);
SELECT l.code, kind, month, period, event_month, units, counted, leavers FROM filtered AS h JOIN product_line AS l ON l.id = h.line ORDER BY kind, month, period, event_month;
CREATE TEMP TABLE nothing AS EXECUTE line_history_list(NULL, false, NULL, NULL, NULL, 'XX-1', NULL, NULL, NULL, NULL, NULL, '2026-03-31', NULL, '2026-02-01', 12, 1);
SELECT kind, as_of FROM nothing;
