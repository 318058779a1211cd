\echo '# Ages are counted in twelve periods a year that end on 30, 60, 90, 365 and 730 days.'
SELECT days, age_period(days) AS period, age_period_end(age_period(days)) AS period_end FROM unnest(ARRAY[0, 1, 30, 31, 60, 61, 90, 91, 330, 331, 365, 366, 395, 396, 730, 731]) AS days;
SELECT count(*) AS wrong FROM generate_series(0, 5000) AS days WHERE days > age_period_end(age_period(days)) OR (days > 0 AND days <= age_period_end(age_period(days) - 1) AND age_period(days) > 0);

\echo '# Every class of events that a marketplace can name is known, and none is without a use.'
SELECT code, gross, net, quality, stays, recovered FROM event_class ORDER BY code;
SELECT class, string_agg(code, ' ' ORDER BY number) AS reasons FROM return_reason GROUP BY class ORDER BY class;

\echo '# What is posted waits until it is folded, and the version moves with it.'
CREATE FUNCTION post(model text, country text, lot text, shipped date, came date, class text, units int, money int DEFAULT 0) RETURNS void LANGUAGE sql AS $$ WITH p AS (INSERT INTO posting DEFAULT VALUES RETURNING id) INSERT INTO unit_event (posting, product, country, channel, lot, ship_day, event_day, class, units, money_minor) SELECT p.id, product.id, post.country, 'amazon', post.lot, post.shipped, post.came, post.class, post.units, post.money FROM p, product WHERE product.model = post.model $$;
SELECT post('MT-52', 'DE', '2603A', '2026-01-15', '2026-01-15', NULL, 100), post('MT-52', 'DE', '2603A', '2026-01-15', '2026-02-14', 'fault', 3, 30000), post('MT-52', 'DE', '2603A', '2026-01-15', '2026-02-15', 'remorse', 1, 9900), post('MT-52', 'FR', '', '2026-02-01', '2026-02-01', NULL, 50), post('MT-52', 'FR', '', NULL, '2026-02-03', 'fault', 2);
SELECT count(*) AS shipped FROM cohort;
EXECUTE rollup_fold;
SELECT version FROM rollup_state;
EXECUTE rollup_fold;
SELECT version FROM rollup_state;
SELECT month, country, channel, shipped, money_minor FROM cohort ORDER BY month;
SELECT month, period, event_month, country, class, returned, money_minor FROM cohort_return ORDER BY period;
SELECT lot, month, shipped FROM lot_cohort;
SELECT lot, channel, ship_day, shipped FROM lot_day ORDER BY ship_day;
SELECT lot, month, period, event_month, class, returned FROM lot_return ORDER BY period;
SELECT lot, month, event_month, suspect, leavers FROM lot_lag ORDER BY month, event_month;
SELECT p.model, c.month, c.shipped FROM product_cohort AS c JOIN product AS p ON p.id = c.product ORDER BY c.month;
SELECT p.model, r.month, r.period, r.class, r.returned FROM product_return AS r JOIN product AS p ON p.id = r.product ORDER BY r.period;
SELECT month, country, sold, returned FROM rate_month ORDER BY month, country;
SELECT event_month, country, channel, class, returned FROM uncovered_return;
SELECT tableoid::regclass AS partition, lot, ship_day, shipped FROM ship_cell ORDER BY ship_day;
SELECT tableoid::regclass AS partition, age_day, class, returned FROM return_cell ORDER BY age_day;

\echo '# A correction moves the cells by what is wrong, and the ledger keeps both rows.'
SELECT post('MT-52', 'DE', '2603A', '2026-01-15', '2026-02-14', 'fault', -1, -10000), post('MT-52', 'DE', '2603A', '2026-01-15', '2026-01-15', NULL, -10);
EXECUTE rollup_fold;
SELECT month, shipped FROM line_cohort ORDER BY month;
SELECT month, period, class, returned, money_minor FROM line_return ORDER BY period;
SELECT count(*) AS events FROM unit_event;

\set VERBOSITY terse
\echo '# Nothing comes back before it was shipped, and what is shipped has a day.'
SELECT post('MT-52', 'DE', '', '2026-01-15', '2026-01-14', 'fault', 1);
SELECT post('MT-52', 'DE', '', NULL, '2026-01-14', NULL, 1);
SELECT post('MT-52', 'DE', '', '2026-01-14', '2026-01-15', NULL, 1);
SELECT post('MT-52', 'DE', '', '2026-01-14', '2026-01-15', 'fault', 0);
SELECT post('MT-52', 'DE', '', '2026-01-14', '2026-01-15', 'broken', 1);

\set VERBOSITY default
\echo '# Whatever is posted in whatever order, folding step by step gives what a rebuild gives.'
CREATE FUNCTION rollups() RETURNS TABLE (cell text) LANGUAGE sql AS $$ SELECT 'rate ' || c::text FROM rate_month AS c WHERE (sold, returned) <> (0, 0) UNION ALL SELECT 'product ' || c::text FROM product_cohort AS c WHERE shipped <> 0 UNION ALL SELECT 'product_return ' || c::text FROM product_return AS c WHERE returned <> 0 UNION ALL SELECT 'ship ' || c::text FROM ship_cell AS c WHERE shipped <> 0 UNION ALL SELECT 'return ' || c::text FROM return_cell AS c WHERE (returned, money_minor) <> (0, 0) UNION ALL SELECT 'cohort ' || c::text FROM cohort AS c WHERE (shipped, money_minor) <> (0, 0) UNION ALL SELECT 'cohort_return ' || c::text FROM cohort_return AS c WHERE (returned, money_minor) <> (0, 0) UNION ALL SELECT 'lot ' || c::text FROM lot_cohort AS c WHERE shipped <> 0 UNION ALL SELECT 'lot_day ' || c::text FROM lot_day AS c WHERE shipped <> 0 UNION ALL SELECT 'lot_return ' || c::text FROM lot_return AS c WHERE returned <> 0 UNION ALL SELECT 'lot_lag ' || c::text FROM lot_lag AS c WHERE (suspect, leavers) <> (0, 0) UNION ALL SELECT 'line ' || c::text FROM line_cohort AS c WHERE (shipped, money_minor) <> (0, 0) UNION ALL SELECT 'line_return ' || c::text FROM line_return AS c WHERE (returned, money_minor) <> (0, 0) UNION ALL SELECT 'uncovered ' || c::text FROM uncovered_return AS c WHERE (returned, money_minor) <> (0, 0) $$;
CREATE FUNCTION at_random(n int) RETURNS int LANGUAGE sql AS $$ SELECT floor(random() * n)::int $$;
CREATE FUNCTION post_at_random() RETURNS void LANGUAGE plpgsql AS $$ DECLARE shipped date := date '2023-11-01' + at_random(900); class text := (ARRAY[NULL, NULL, 'fault', 'remorse', 'claim', 'unknown'])[1 + at_random(6)]; covered boolean := class IS NULL OR at_random(10) > 0; BEGIN PERFORM post((ARRAY['MT-52', 'GX-2', 'MT-0'])[1 + at_random(3)], (ARRAY['DE', 'FR', 'MX'])[1 + at_random(3)], (ARRAY['', 'A', 'B'])[1 + at_random(3)], CASE WHEN covered THEN shipped END, CASE WHEN class IS NULL THEN shipped ELSE shipped + at_random(800) END, class, CASE WHEN at_random(5) = 0 THEN -1 ELSE 1 END * (1 + at_random(20)), at_random(5000)); END $$;
CREATE FUNCTION differences(seed float) RETURNS TABLE (cells bigint, different bigint) LANGUAGE plpgsql AS $$ BEGIN PERFORM setseed(seed); FOR i IN 1..150 LOOP PERFORM post_at_random(); IF at_random(8) = 0 THEN PERFORM rollup_fold(); END IF; END LOOP; PERFORM rollup_fold(); CREATE TEMP TABLE folded ON COMMIT DROP AS SELECT * FROM rollups(); PERFORM rollup_rebuild(); CREATE TEMP TABLE rebuilt ON COMMIT DROP AS SELECT * FROM rollups(); RETURN QUERY SELECT (SELECT count(*) FROM folded), (SELECT count(*) FROM ((SELECT * FROM folded EXCEPT ALL SELECT * FROM rebuilt) UNION ALL (SELECT * FROM rebuilt EXCEPT ALL SELECT * FROM folded)) AS either); DROP TABLE folded, rebuilt; END $$;
SELECT n, cells > 300 AS enough, different FROM generate_series(1, 6) AS n, differences(n / 10.0);

\echo '# A machine that came back is in the ledger from the day of its arrival, and leaves it when that was a mistake.'
DELETE FROM unit_event;
SELECT FROM return_file('ret_00000000000000000000000009', 'R-0000-0009-0', new_id('evt'), sha256('t9'), 'prd_00000000000000000000000001', 'T0001', 'doa', 'It does not start at all.', 'DE', 'amazon', NULL, 'Ann', 'ann@customer.example', NULL, 'en') AS filed;
SELECT FROM return_enter((SELECT id FROM return WHERE serial = 'T0001'), 'approved', new_id('evt'), NULL, 'agent', NULL, NULL);
SELECT FROM return_enter((SELECT id FROM return WHERE serial = 'T0001'), 'settled', new_id('evt'), NULL, 'agent', NULL, NULL);
SELECT s.code FROM return_state AS s WHERE s.counted ORDER BY s.code;
SELECT p.model, e.country, e.channel, e.lot, e.ship_day, e.event_day = (now() AT TIME ZONE 'UTC')::date AS today, e.class, e.reason, e.units FROM unit_event AS e JOIN product AS p ON p.id = e.product;
SELECT FROM return_enter((SELECT id FROM return WHERE serial = 'T0001'), 'rejected', new_id('evt'), NULL, 'agent', NULL, NULL);
SELECT sum(units) AS units, count(*) AS events FROM unit_event;
SELECT FROM return_enter((SELECT id FROM return WHERE serial = 'T0001'), 'approved', new_id('evt'), NULL, 'agent', NULL, NULL);
SELECT FROM return_enter((SELECT id FROM return WHERE serial = 'T0001'), 'rejected', new_id('evt'), NULL, 'agent', NULL, NULL);
SELECT sum(units) AS units, count(*) AS events FROM unit_event;
