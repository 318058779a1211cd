-- The small world the tests live in. Every number here is chosen so that a
-- person can check the expected answers with pencil and paper.

INSERT INTO product_line (public_id, code, name)
VALUES ('lin_00000000000000000000000001', 'tiller',        'Tillers'),
       ('lin_00000000000000000000000002', 'generator',     'Generators'),
       ('lin_00000000000000000000000003', 'power_station', 'Power stations'),
       ('lin_00000000000000000000000004', 'accessory',     'Accessories'),
       ('lin_00000000000000000000000005', 'cable',         'Cables'),
       ('lin_00000000000000000000000006', 'mower',         'Mowers'),
       ('lin_00000000000000000000000007', 'pump',          'Pumps');

-- Two rows for the tiller: the older one must not be used, nor the one of next year.
INSERT INTO line_cost (line, valid_from, currency, price_minor, cogs_minor, outbound_minor, fees_minor,
                       inbound_minor, inspect_minor, repair_minor, recovery_minor)
SELECT line.id, day, currency, price, cogs, outbound, fees, inbound, inspect, repair, recovery
  FROM (VALUES ('tiller',        date '2019-01-01',     'EUR', 99900, 10000, 0,    0,    0,    0,    0,    0),
               ('tiller',        date '2024-01-01',     'EUR', 39900, 25000, 2500, 8000, 2500, 1200, 1500, 6000),
               ('tiller',        current_date + 30,     'EUR', 1,     0,     0,    0,    0,    0,    0,    0),
               ('generator',     date '2024-01-01',     'USD', 60000, 50000, 3000, 3000, 4000, 1500, 3500, 20000),
               ('power_station', date '2024-01-01',     'EUR', 80000, 40000, 2000, 8000, 2000, 1000, 2000, 30000),
               ('cable',         date '2024-01-01',     'EUR', 2000,  500,   100,  200,  100,  50,   0,    300),
               ('mower',         date '2024-01-01',     'EUR', 50000, 30000, 2000, 5000, 2000, 1000, 2000, 10000),
               ('pump',          date '2024-01-01',     'JPY', 30000, 20000, 1000, 3000, 1000, 500,  500,  8000))
       AS cost (code, day, currency, price, cogs, outbound, fees, inbound, inspect, repair, recovery)
  JOIN product_line line USING (code);

INSERT INTO product (public_id, line, model, name, listed)
SELECT product.public_id, line.id, model, product.name, listed
  FROM (VALUES ('prd_00000000000000000000000001', 'tiller',        'MT-520',  'Mini tiller 52 cc',      true),
               ('prd_00000000000000000000000002', 'tiller',        'MT-700',  'Tiller 70 cc',           true),
               ('prd_00000000000000000000000003', 'generator',     'GX-2000', 'Inverter generator 2 kW', true),
               ('prd_00000000000000000000000004', 'power_station', 'PS-1000', 'Power station 1 kWh',    true),
               ('prd_00000000000000000000000005', 'tiller',        'MT-100',  'Tiller no longer made',  false),
               ('prd_00000000000000000000000006', 'accessory',     'AC-1',    'Wheel set',              false),
               ('prd_00000000000000000000000007', 'cable',         'CB-1',    'Cable 25 m',             false),
               ('prd_00000000000000000000000008', 'mower',         'MW-1',    'Mower 46 cm',            false),
               ('prd_00000000000000000000000009', 'pump',          'PU-1',    'Pump one inch',          false))
       AS product (public_id, code, model, name, listed)
  JOIN product_line line USING (code);

INSERT INTO unit (public_id, product, serial, lot, made_on, shipped_on, country, channel)
SELECT 'unt_' || lpad(n::text, 26, '0'), product.id, 'TL' || lpad(n::text, 6, '0'), '2603A', '2026-03-02',
       '2026-04-01', CASE WHEN n % 2 = 0 THEN 'DE' ELSE 'FR' END, 'online'
  FROM generate_series(1, 30) AS n, product
 WHERE model = 'MT-520';

INSERT INTO partner (public_id, name, country)
VALUES ('par_00000000000000000000000001', 'Atelier du Nord', 'FR'),
       ('par_00000000000000000000000002', 'Werkstatt Sued',  'DE'),
       ('par_00000000000000000000000003', 'Service Ovest',   'IT');

-- One partner for tillers in Germany, another for generators there, none in Italy.
INSERT INTO partner_coverage (partner, line, country)
SELECT partner.id, line.id, 'DE'
  FROM (VALUES ('Atelier du Nord', 'tiller'), ('Werkstatt Sued', 'generator')) AS covers (name, code)
  JOIN partner USING (name)
  JOIN product_line line USING (code);

-- tiller     1200 sold, 96 returned: green     generator 1000 sold, 200 returned: loses money
-- mower        12 sold,  1 returned: too few   cable       10 sold,  20 returned: no rate
-- accessory   400 sold, 20 returned: no costs  pump       500 sold,  80 returned: in between
-- Units are shipped on the first of a month and come back on its 21st.
WITH posted AS (
    INSERT INTO posting DEFAULT VALUES RETURNING id
)
INSERT INTO unit_event (posting, product, country, channel, ship_day, event_day, class, units)
SELECT posted.id, product.id, country, channel, month, month + e.age, e.class, e.units
  FROM posted,
       (VALUES ('MT-520',  date '2026-01-01', 'DE', 'online', 500,  50),
               ('MT-520',  '2026-01-01', 'FR', 'dealer', 300,  10),
               ('MT-520',  '2026-02-01', 'DE', 'online', 250,  20),
               ('MT-520',  '2026-02-01', 'FR', 'online', 150,  16),
               ('GX-2000', '2026-01-01', 'US', 'online', 1000, 200),
               ('MW-1',    '2026-02-01', 'US', 'dealer', 12,   1),
               ('CB-1',    '2026-02-01', 'US', 'online', 10,   20),
               ('AC-1',    '2026-01-01', 'DE', 'online', 400,  20),
               ('PU-1',    '2026-03-01', 'JP', 'dealer', 500,  150))
       AS rate (model, month, country, channel, sold, returned)
  JOIN product USING (model),
       LATERAL (VALUES (0, NULL, sold), (20, 'fault', returned)) AS e (age, class, units);
SELECT rollup_fold();

-- A line that earns, in a family of its own:
-- heater     1000 shipped, 10 returned: returns cost 2 % of the margin
INSERT INTO product_line (public_id, code, name, family)
VALUES ('lin_00000000000000000000000008', 'heater', 'Heaters', 'heating');
INSERT INTO line_cost (line, valid_from, currency, price_minor, cogs_minor, outbound_minor, fees_minor,
                       inbound_minor, inspect_minor, repair_minor, recovery_minor)
SELECT id, '2024-01-01', 'EUR', 20000, 10000, 1000, 2000, 1000, 500, 500, 5000 FROM product_line WHERE code = 'heater';
INSERT INTO product (public_id, line, model, name, listed)
SELECT 'prd_00000000000000000000000010', id, 'HT-1', 'Heater 9 kW', false FROM product_line WHERE code = 'heater';
WITH posted AS (
    INSERT INTO posting DEFAULT VALUES RETURNING id
)
INSERT INTO unit_event (posting, product, country, channel, ship_day, event_day, class, units)
SELECT posted.id, product.id, 'DE', 'online', '2026-01-01', date '2026-01-01' + e.age, e.class, e.units
  FROM posted, product,
       LATERAL (VALUES (0, NULL, 1000), (20, 'remorse', 10)) AS e (age, class, units)
 WHERE model = 'HT-1';
SELECT rollup_fold();

INSERT INTO flag (public_id, line, code, level, sentence, evidence, as_of, raised_on)
SELECT 'flg_00000000000000000000000001', id, 'rising', 'watch', 'Pumps: more than expected.', '{"as_of": "2026-04-30"}',
       '2026-04-30', '2026-04-30'
  FROM product_line
 WHERE code = 'pump';

-- Nobody judges the lines behind a test's back; one that is about flags sets flag_seconds.
UPDATE flag_run SET evaluated_at = now();
