-- A big database for measurements: units, and returns with tickets and events.
--
--     psql -1 -v units=1000000 -v returns=100000 -f sql/seed/load.sql
--
-- Drops nothing and needs none of the demo's rows. At most one unit in four can
-- have come back. VACUUM ANALYZE afterwards: it cannot be done in a transaction.

\set ON_ERROR_STOP on
SET LOCAL timezone = 'UTC';
SET LOCAL synchronous_commit = off;
SET LOCAL work_mem = '256MB';

CREATE FUNCTION pg_temp.name_id(prefix text, name text) RETURNS text LANGUAGE sql IMMUTABLE AS $$
SELECT prefix || '_' || left(encode(sha256(convert_to(prefix || name, 'UTF8')), 'hex'), 26)
$$;
-- 40 bits of `n` as a return number; the check character is no concern here.
CREATE FUNCTION pg_temp.number_of(n bigint) RETURNS text LANGUAGE sql IMMUTABLE AS $$
SELECT 'R-' || translate(left(digits, 4), 'abcdef', 'ABCDEF') || '-' || translate(right(digits, 4), 'abcdef', 'ABCDEF') || '-0'
  FROM (SELECT lpad(to_hex(n), 8, '0') AS digits) AS d
$$;
-- One of `choices`, by turns that do not beat with those of another `step`.
CREATE FUNCTION pg_temp.pick(n bigint, step bigint, choices text[]) RETURNS text LANGUAGE sql IMMUTABLE AS $$
SELECT choices[n / step % cardinality(choices) + 1]
$$;

INSERT INTO product_line (public_id, code, name)
SELECT pg_temp.name_id('lin', 'load' || n), 'load_' || n, 'Load line ' || n FROM generate_series(1, 5) AS n;

INSERT INTO line_cost (line, valid_from, currency, price_minor, cogs_minor, outbound_minor, fees_minor,
                       inbound_minor, inspect_minor, repair_minor, recovery_minor)
SELECT id, '2020-01-01', 'EUR', 30000, 20000, 2500, 5000, 3000, 900, 1500, 8000
  FROM product_line
 WHERE code LIKE 'load\_%';

INSERT INTO product (public_id, line, model, name)
SELECT pg_temp.name_id('prd', l.code || n), l.id, upper(l.code) || '-' || n, 'Load model ' || n
  FROM product_line AS l, generate_series(1, 20) AS n
 WHERE l.code LIKE 'load\_%'
 ORDER BY l.id, n;

INSERT INTO partner (public_id, name, country)
SELECT pg_temp.name_id('par', 'load' || n), 'Load workshop ' || n, pg_temp.pick(n, 1, '{DE,FR,IT,ES,PL,NL,GB,US}')
  FROM generate_series(1, 40) AS n;

INSERT INTO partner_coverage (partner, line, country)
SELECT p.id, l.id, p.country
  FROM partner AS p, product_line AS l
 WHERE p.name LIKE 'Load workshop %' AND l.code LIKE 'load\_%';

CREATE TEMP TABLE load_product ON COMMIT DROP AS
SELECT p.id, p.public_id, p.model, l.code, row_number() OVER (ORDER BY p.id) - 1 AS n
  FROM product AS p JOIN product_line AS l ON l.id = p.line AND l.code LIKE 'load\_%';
CREATE TEMP TABLE load_partner ON COMMIT DROP AS
SELECT id, row_number() OVER (ORDER BY id) - 1 AS n FROM partner WHERE name LIKE 'Load workshop %';

-- Units were shipped over three years, the last ones yesterday.
INSERT INTO unit (public_id, product, serial, lot, made_on, shipped_on, country, channel)
SELECT pg_temp.name_id('unt', s.n::text), p.id, 'LD' || lpad(s.n::text, 9, '0'),
       to_char(shipped_on - 45, 'YYMM') || 'A', shipped_on - 45, shipped_on,
       pg_temp.pick(s.n, 7, '{DE,FR,IT,ES,PL,NL,GB,US}'),
       pg_temp.pick(s.n, 3, '{amazon,amazon,distributor,webshop}')
  FROM generate_series(1, :units::bigint) AS s (n)
  JOIN load_product AS p ON p.n = s.n / 7 % 100,
       LATERAL (SELECT current_date - 1 - ((:units - s.n) * 1095 / :units)::int AS shipped_on) AS d;

-- Returns of evenly spaced units, filed up to now; most are closed.
CREATE TEMP TABLE load_return ON COMMIT DROP AS
SELECT n, u.id AS unit, u.product, u.serial, u.country, u.channel, s.state, s.ticket_state,
       now() - interval '1 minute' - interval '700 days' * ((:returns - n)::float / :returns) AS filed_at
  FROM generate_series(1, :returns::bigint) AS n
  JOIN unit AS u ON u.public_id = pg_temp.name_id('unt', (n * (:units / :returns))::text),
       LATERAL (SELECT pg_temp.pick(n, 1, CASE WHEN n * 20 > :returns * 19 -- the last twentieth
                                               THEN '{submitted,submitted,approved,need_info,settled}'::text[]
                                               ELSE '{closed,closed,closed,closed,closed,closed,closed,rejected,cancelled}'
                                          END) AS state) AS r,
       LATERAL (SELECT r.state,
                       CASE r.state WHEN 'submitted' THEN 'offered'
                                    WHEN 'approved' THEN pg_temp.pick(n, 9, '{accepted,in_work,waiting_parts}')
                                    WHEN 'settled' THEN 'done' WHEN 'closed' THEN 'verified'
                                    WHEN 'need_info' THEN NULL ELSE 'cancelled' END AS ticket_state) AS s;

INSERT INTO return (public_id, number, state, product, product_id, model, line_code, serial, unit, reason,
                    description, country, channel, name, email, locale, newest_ticket, row_version, created_at,
                    updated_at)
SELECT pg_temp.name_id('ret', r.n::text), pg_temp.number_of(r.n), state, product, p.public_id, p.model, p.code,
       serial, unit,
       pg_temp.pick(r.n, 11, '{failed_in_use,doa,no_longer_wanted,performance_low,transport_damage}'),
       'Return ' || r.n || ' of the load data. ' || repeat('It stops after a while. ', 1 + (r.n % 12)::int),
       country, channel, 'Customer ' || r.n, 'customer' || r.n || '@load.example', 'en',
       CASE WHEN ticket_state IS NOT NULL THEN pg_temp.name_id('tic', r.n::text) END,
       CASE state WHEN 'submitted' THEN 1 WHEN 'settled' THEN 3 WHEN 'closed' THEN 4 ELSE 2 END,
       filed_at, least(filed_at + interval '3 days' * (state <> 'submitted')::int, now())
  FROM load_return AS r
  JOIN load_product AS p ON p.id = r.product
 ORDER BY r.n;

INSERT INTO ticket (public_id, return, partner, state, row_version, created_at, updated_at)
SELECT r.newest_ticket, r.id, p.id, l.ticket_state, 2, r.created_at, r.updated_at
  FROM load_return AS l
  JOIN return AS r ON r.public_id = pg_temp.name_id('ret', l.n::text)
  JOIN load_partner AS p ON p.n = l.n % 40
 WHERE l.ticket_state IS NOT NULL
 ORDER BY l.n;

INSERT INTO return_event (public_id, return, ticket, kind, actor_role, from_state, to_state, note, created_at)
SELECT pg_temp.name_id('evt', e.nth || r.public_id), r.id, e.ticket, e.kind, e.actor_role, e.from_state, e.to_state,
       e.note, least(r.created_at + e.nth * interval '6 hours', now())
  FROM load_return AS l
  JOIN return AS r ON r.public_id = pg_temp.name_id('ret', l.n::text)
  LEFT JOIN ticket AS t ON t.return = r.id,
       LATERAL (SELECT *
                  FROM (VALUES (0, NULL::bigint, 'filed', 'customer', NULL, 'submitted', NULL),
                               (1, t.id, 'ticket_offered', 'system', NULL, 'offered', NULL),
                               (2, t.id, 'ticket_moved', 'partner_tech', 'offered', t.state, 'On it.'),
                               (3, NULL, 'state_changed', 'agent', 'submitted', r.state, NULL),
                               (4, NULL, 'message', 'agent', NULL, NULL, 'We are looking after it.'))
                       AS v (nth, ticket, kind, actor_role, from_state, to_state, note)
                 WHERE (v.nth NOT IN (1, 2) OR t.id IS NOT NULL)
                   AND (v.nth <> 2 OR t.state <> 'offered')
                   AND (v.nth <> 3 OR r.state <> 'submitted')) AS e
 ORDER BY l.n, e.nth;

-- The ledger: days of shipping and of filing are near enough for a measurement.
WITH posted AS (
    INSERT INTO posting DEFAULT VALUES RETURNING id
)
INSERT INTO unit_event (posting, product, country, channel, lot, ship_day, event_day, class, reason, units)
SELECT posted.id, product, country, channel, lot, shipped_on, event_day, class, reason, count(*)
  FROM posted,
       (SELECT product, country, channel, lot, shipped_on, shipped_on AS event_day, NULL AS class, '' AS reason
          FROM unit
         WHERE serial LIKE 'LD%'
         UNION ALL
        SELECT u.product, u.country, u.channel, u.lot, u.shipped_on, greatest(l.filed_at::date, u.shipped_on),
               w.class, w.code
          FROM load_return AS l
          JOIN return_state AS s ON s.code = l.state AND s.counted
          JOIN return AS r ON r.public_id = pg_temp.name_id('ret', l.n::text)
          JOIN return_reason AS w ON w.code = r.reason
          JOIN unit AS u ON u.id = l.unit) AS counted
 GROUP BY posted.id, product, country, channel, lot, shipped_on, event_day, class, reason;
SELECT rollup_fold();
