-- A history of any size for measurements of the analyses: a ledger of single units, not folded yet.
--
--     psql -1 -v units=10000000 -f sql/seed/history.sql
--
-- A maker of 24 lines of four products sells for three years until 2026-10-31 in twelve
-- countries through three channels, each month 1.5 % more than the last. The share that comes
-- back is 4 to 9 % by line, a third more through the marketplace; half of it within two months. Of
-- the first line, lot 2601B comes back three times as often. Needs none of the demo's rows; chance is a
-- hash of the unit's number, so the same rows come out each time.

\set ON_ERROR_STOP on
SET LOCAL timezone = 'UTC';
SET LOCAL synchronous_commit = off;
SET LOCAL work_mem = '512MB';

CREATE FUNCTION pg_temp.name_id(prefix text, name text) RETURNS text LANGUAGE sql IMMUTABLE AS $$
SELECT prefix || '_' || left(encode(sha256(convert_to(prefix || name, 'UTF8')), 'hex'), 26)
$$;
-- A number from 0 to 1 that seems to be thrown.
CREATE FUNCTION pg_temp.dice(n bigint, throw bigint) RETURNS float LANGUAGE sql IMMUTABLE AS $$
SELECT (hashint8extended(n, throw) & 9007199254740991) / 9007199254740992.0
$$;

INSERT INTO product_line (public_id, code, name, family)
SELECT pg_temp.name_id('lin', 'history' || n), 'history_' || n, 'History line ' || n,
       CASE n % 3 WHEN 0 THEN 'tillers' WHEN 1 THEN 'generators' ELSE 'power_stations' END
  FROM generate_series(1, 24) AS n;
INSERT INTO line_cost (line, valid_from, currency, price_minor, cogs_minor, outbound_minor, fees_minor, inbound_minor,
                       inspect_minor, repair_minor, recovery_minor)
SELECT id, '2023-01-01', 'EUR', 39900, 25000, 2500, 8000, 2500, 1200, 1500, 6000
  FROM product_line
 WHERE code LIKE 'history\_%';
INSERT INTO product (public_id, line, model, name, listed)
SELECT pg_temp.name_id('prd', l.code || n), l.id, upper(l.code) || '-' || n, 'History model ' || n, false
  FROM product_line AS l, generate_series(1, 4) AS n
 WHERE l.code LIKE 'history\_%';

CREATE TEMP TABLE history_product ON COMMIT DROP AS
SELECT p.id, l.n AS line_n, row_number() OVER (ORDER BY l.n, p.model) - 1 AS n
  FROM (SELECT id, substr(code, 9)::int AS n FROM product_line WHERE code LIKE 'history\_%') AS l
  JOIN product AS p ON p.line = l.id;

INSERT INTO posting DEFAULT VALUES;
INSERT INTO posting DEFAULT VALUES;

-- The units. Those of a month were made in the month before, in three lots.
CREATE TEMP TABLE history_unit ON COMMIT DROP AS
SELECT p.id AS product, u.country, u.channel, u.ship_day,
       to_char(u.ship_day - 35, 'YYMM') || (ARRAY['A', 'B', 'C'])[1 + floor(3 * pg_temp.dice(u.n, 4))::int] AS lot,
       u.n, p.line_n
  FROM (SELECT n,
               floor(96 * pg_temp.dice(n, 1))::bigint AS product_n,
               (ARRAY['DE', 'DE', 'DE', 'FR', 'FR', 'IT', 'ES', 'GB', 'US', 'US', 'PL', 'NL', 'SE', 'AT', 'BE', 'MX'])
                   [1 + floor(16 * pg_temp.dice(n, 2))::int] AS country,
               (ARRAY['amazon_fba', 'amazon_fba', 'shopify', 'dealer'])[1 + floor(4 * pg_temp.dice(n, 3))::int] AS channel,
               date '2023-11-01' + floor(1096 * ln(1 + pg_temp.dice(n, 5) * (1.015 ^ 36 - 1)) / ln(1.015 ^ 36))::int AS ship_day
          FROM generate_series(1, :units::bigint) AS n) AS u
  JOIN history_product AS p ON p.n = u.product_n;

INSERT INTO unit_event (posting, product, country, channel, lot, ship_day, event_day, units, money_minor)
SELECT (SELECT max(id) - 1 FROM posting), product, country, channel, lot, ship_day, ship_day, 1, 39900
  FROM history_unit;

-- What came back: the month after which, why, and when in that month.
INSERT INTO unit_event (posting, product, country, channel, lot, ship_day, event_day, class, reason, units, money_minor)
SELECT (SELECT max(id) FROM posting), product, country, channel, lot, ship_day, ship_day + age, class, reason, 1, 39900
  FROM (SELECT u.*,
               30 * CASE WHEN later < .30 THEN 0 WHEN later < .55 THEN 1 WHEN later < .70 THEN 2 WHEN later < .80 THEN 3
                         WHEN later < .88 THEN 4 WHEN later < .94 THEN 5 ELSE 6 + floor(12 * pg_temp.dice(n, 7))::int END
               + floor(30 * pg_temp.dice(n, 8))::int AS age,
               (ARRAY['fault', 'fault', 'fault', 'fault', 'remorse', 'remorse', 'listing', 'logistics', 'undeliv', 'unknown'])[why] AS class,
               (ARRAY['DEFECTIVE', 'DEFECTIVE', 'QUALITY_UNACCEPTABLE', 'MISSING_PARTS', 'UNWANTED_ITEM', 'FOUND_BETTER_PRICE',
                      'NOT_AS_DESCRIBED', 'DAMAGED_BY_CARRIER', 'UNDELIVERABLE_REFUSED', ''])[why] AS reason
          FROM history_unit AS u,
               LATERAL (SELECT pg_temp.dice(n, 6) AS later, 1 + floor(10 * pg_temp.dice(n, 9))::int AS why) AS d
         WHERE pg_temp.dice(n, 10) < (0.04 + 0.05 * (line_n % 8) / 8) * CASE channel WHEN 'amazon_fba' THEN 1.33 ELSE 1 END
                                     * CASE WHEN line_n = 1 AND lot = '2601B' THEN 3 ELSE 1 END) AS back
 WHERE ship_day + age <= date '2026-10-31';
