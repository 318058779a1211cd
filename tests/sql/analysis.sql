INSERT INTO posting (id) OVERRIDING SYSTEM VALUE VALUES (910000);
INSERT INTO unit_event (posting, product, country, channel, lot, ship_day, event_day, class, reason, units, money_minor)
SELECT 910000, p.id, v.country, v.channel, v.lot, CASE WHEN v.age IS NOT NULL THEN v.shipped END, v.shipped + coalesce(v.age, 0), v.class, v.reason, v.units, v.money
  FROM (VALUES ('MT-52', 'DE', 'amazon', 'A', date '2025-01-10', 0,    NULL,     '',      100, 0),
               ('MT-52', 'DE', 'amazon', 'A', '2025-01-10',      20,   'fault',  'NOISE', 3,   3000),
               ('MT-52', 'DE', 'amazon', 'A', '2025-01-10',      45,   'recall', '',      2,   0),
               ('MT-52', 'DE', 'amazon', 'A', '2025-01-10',      60,   'claim',  'WORN',  4,   0),
               ('MT-52', 'FR', 'dealer', 'B', '2025-02-01',      0,    NULL,     '',      50,  0),
               ('MT-52', 'FR', 'dealer', 'B', '2025-02-01',      70,   'fault',  '',      2,   2000),
               ('MT-0',  'FR', 'dealer', '',  '2025-02-28',      0,    NULL,     '',      1,   0),
               ('MT-0',  'FR', 'dealer', '',  '2025-02-28',      5,    'fault',  '',      2,   0),
               ('MT-52', 'DE', 'amazon', '',  '2025-03-15',      NULL, 'fault',  'NOISE', 1,   1000),
               ('GX-2',  'DE', 'amazon', 'G', '2025-01-05',      0,    NULL,     '',      80,  0),
               ('GX-2',  'DE', 'amazon', 'G', '2025-01-05',      31,   'fault',  '',      4,   0))
       AS v (model, country, channel, lot, shipped, age, class, reason, units, money)
  JOIN product AS p USING (model);
\set line '\'lin_00000000000000000000000001\''

\echo '# Cohorts are as they were known at the end of a day, and by first use two months younger for dealers.'
EXECUTE rollup_fold;
EXECUTE cohort_cell_list(:line, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 'fault', '2025-05-31', NULL, NULL);
EXECUTE cohort_cell_list(:line, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 'fault', '2025-05-31', NULL, 'in_service');
EXECUTE cohort_cell_list(:line, 'FR', 'dealer', 'B', 'MT-52', NULL, NULL, '2025-02-01', '2025-03-01', NULL, '2025-04-15', NULL, 'ship');

\echo '# Channels have the lag that is entered for them, and none by the day of shipment.'
SELECT (channel_clock(id, NULL, 'in_service')).* FROM product_line WHERE code = 'tiller' ORDER BY 1;
SELECT (channel_clock(id, 'dealer', NULL)).* FROM product_line WHERE code = 'tiller';
SELECT (channel_clock(id, 'nobody', 'in_service')).* FROM product_line WHERE code = 'tiller';

\echo '# A month is known when it is over, or when it is this one.'
SELECT day, month_known(day) AS month FROM unnest(ARRAY[date '2025-02-27', '2025-02-28', '2025-03-01', '2024-12-31']) AS day;
SELECT month_known(day) = date_trunc('month', day) AS this_one FROM (SELECT (now() AT TIME ZONE 'UTC')::date AS day) AS today;

\echo '# Nevada: by month of the event, the last that was known, and all that left beside what is counted.'
EXECUTE line_nevada_list(:line, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 'fault', '2025-03-31', NULL, NULL);
EXECUTE line_nevada_list(:line, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 'fault', '2025-04-10', NULL, NULL);
EXECUTE line_nevada_list('lin_00000000000000000000000002', 'FR', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, '2025-03-31', NULL, NULL);

\echo '# Lifetimes by day: units by their age, events by theirs; a day on which more left than was shipped is left out.'
EXECUTE line_life_list(:line, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 'fault', '2025-05-31', NULL, NULL, true, 0);

\echo '# With few events the cohorts of the family come behind, its other lines among them.'
UPDATE product_line SET family = 'one';
EXECUTE line_life_list(:line, 'FR', NULL, NULL, 'MT-52', NULL, NULL, NULL, NULL, 'fault', '2025-05-31', NULL, NULL, false, 3);

\echo '# Triangles are of the line alone while it is old enough, else its family comes behind.'
EXECUTE line_triangle_list(:line, 'FR', 'dealer', NULL, 'MT-52', NULL, NULL, NULL, NULL, 'fault', '2025-05-31', NULL, NULL, 3);
EXECUTE line_triangle_list(:line, 'FR', 'dealer', NULL, 'MT-52', NULL, NULL, NULL, NULL, 'fault', '2025-03-31', NULL, NULL, 3);

\echo '# Reserves: at the ends of two months what had left by then, and claims settled between.'
INSERT INTO line_cost (line, valid_from, currency, price_minor, cogs_minor, outbound_minor, fees_minor, inbound_minor, inspect_minor, repair_minor, recovery_minor, claim_cost_minor) SELECT id, day, 'EUR', 1, 1, 1, 1, 1, 1, 1, 1, cost FROM product_line, (VALUES (date '2020-01-01', 500), ('2025-03-01', 600)) AS c (day, cost) WHERE code = 'tiller';
EXECUTE reserve_list(:line, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 'claim', '2025-04-10', NULL, NULL, '2025-02-28', NULL, 'EUR');
EXECUTE reserve_list('lin_zzzzzzzzzzzzzzzzzzzzzzzzzz', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 'claim', NULL, NULL, NULL, NULL, NULL, 'EUR');

\echo '# Reasons with money; nobody knows when one was shipped, so it is in no answer for a lot or a month.'
EXECUTE line_pareto_list(:line, 'reason', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 'fault,claim', '2025-05-31', NULL, NULL, NULL, 'EUR');
EXECUTE line_pareto_list(:line, 'reason', NULL, NULL, 'A', NULL, NULL, NULL, NULL, NULL, 'fault', '2025-05-31', NULL, NULL, NULL, 'EUR');
EXECUTE line_pareto_list(:line, 'class', 'FR', NULL, NULL, NULL, NULL, NULL, '2025-02-01', NULL, 'gross', '2025-04-11', NULL, NULL, NULL, 'EUR');

\echo '# Days add up to months, in any filter.'
SELECT country, lot, (SELECT sum(units) FROM line_cell(l.id, f.country, NULL, f.lot, NULL, NULL, NULL)) = (SELECT sum(units) FROM day_count(l.id, f.country, NULL, f.lot, NULL, NULL)) AS same FROM product_line AS l, (VALUES (NULL, NULL), ('DE', NULL), (NULL, 'B'), ('DE', 'A')) AS f (country, lot) WHERE l.code = 'tiller' ORDER BY 1, 2;

\echo '# A day that has not begun anywhere tells nothing, and none means today.'
SELECT day_asked((now() AT TIME ZONE 'UTC')::date + 2, NULL);
SELECT day_asked(NULL, 'UTC') = (now() AT TIME ZONE 'UTC')::date AS today, day_asked('2025-01-31', NULL) AS given;
\echo '# Nothing makes no row but one that tells versions and day.'
EXECUTE line_life_list(:line, 'US', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, '2025-05-31', NULL, NULL, false, 0);
EXECUTE line_pareto_list(:line, 'reason', 'US', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, '2025-05-31', NULL, NULL, NULL, 'EUR');
