-- A maker of small machines, two years old: what the demo shows. All of it is
-- invented; the same rows come out each time, because chance is a hash of a
-- name and not a generator. To be run in one transaction, on an empty schema.

SET LOCAL timezone = 'UTC';

-- Parameters ----------------------------------------------------------------

CREATE TEMP TABLE demo_period ON COMMIT DROP AS
SELECT date '2024-11-01' AS first_month, 24 AS months, timestamptz '2026-11-20 16:00+00' AS until,
       1.012 AS growth, -- of the sales, a month
       'MT-52' AS faulty_model, '2603A' AS faulty_lot, 3.0 AS faulty_hazard;

-- Rate: of the units, those that come back. Sales: units in the first month,
-- before the season. Season: what each calendar month sells, 1 being the usual.
CREATE TEMP TABLE demo_line ON COMMIT DROP AS
SELECT *
  FROM (VALUES ('mini_tiller',        'Mini tillers',         0.0625, 205,
                '{0.5,0.8,1.7,2.1,1.6,1.0,0.7,0.6,0.8,0.7,0.6,0.5}'::float[]),
               ('fuel_generator',     'Fuel generators',      0.042, 160,
                '{1.2,1.0,0.8,0.7,0.7,0.8,0.9,1.2,1.5,1.3,1.2,1.3}'),
               ('inverter_generator', 'Inverter generators',  0.046, 190,
                '{0.8,0.8,0.9,1.0,1.2,1.4,1.4,1.1,0.9,0.8,0.9,1.0}'),
               ('power_station',      'Power stations',       0.098, 170,
                '{0.8,0.7,0.8,0.9,1.0,1.1,1.1,1.0,0.9,1.0,1.4,1.4}'),
               ('solar_panel',        'Folding solar panels', 0.060, 0,
                '{1.0,1.0,1.0,1.0,1.0,1.0,1.0,1.0,1.0,1.0,1.0,1.0}'))
       AS line (code, name, rate, sales, season);

-- Share: of the line's units.
CREATE TEMP TABLE demo_model ON COMMIT DROP AS
SELECT *
  FROM (VALUES ('mini_tiller',        'MT-31',    'Mini tiller 31 cc',              0.30),
               ('mini_tiller',        'MT-52',    'Mini tiller 52 cc',              0.50),
               ('mini_tiller',        'MT-65',    'Mini tiller 65 cc, reversing',   0.20),
               ('fuel_generator',     'FG-2500',  'Frame generator 2.5 kW',         0.45),
               ('fuel_generator',     'FG-3500E', 'Frame generator 3.5 kW, electric start', 0.35),
               ('fuel_generator',     'FG-6500E', 'Frame generator 6.5 kW, electric start', 0.20),
               ('inverter_generator', 'IG-1000',  'Inverter generator 1 kW',        0.30),
               ('inverter_generator', 'IG-2200',  'Inverter generator 2.2 kW',      0.50),
               ('inverter_generator', 'IG-3500E', 'Inverter generator 3.5 kW, electric start', 0.20),
               ('power_station',      'PS-600',   'Power station 600 Wh',           0.60),
               ('power_station',      'PS-1200',  'Power station 1.2 kWh',          0.40),
               ('solar_panel',        'SP-200',   'Folding solar panel 200 W',      1.00))
       AS model (line, model, name, share);

-- Cents of one unit, net of VAT. The second price of power stations is why that
-- line loses money: cheaper cells, but a price war and dangerous-goods freight.
CREATE TEMP TABLE demo_cost ON COMMIT DROP AS
SELECT *
  FROM (VALUES ('mini_tiller',        date '2024-01-01', 28400, 19040, 2700, 5060, 3500, 900,  1500, 7900),
               ('fuel_generator',     date '2024-01-01', 45900, 29600, 4200, 7400, 5900, 1100, 2600, 18100),
               ('inverter_generator', date '2024-01-01', 54900, 36200, 3600, 9600, 4600, 1200, 2400, 20100),
               ('power_station',      date '2024-01-01', 64900, 42800, 3300, 9700, 6900, 1000, 900,  12100),
               ('power_station',      date '2026-02-01', 52900, 38900, 3500, 7900, 7900, 1000, 900,  9700),
               ('solar_panel',        date '2026-09-01', 24900, 17600, 1900, 3700, 2400, 500,  300,  9100))
       AS cost (line, valid_from, price, cogs, outbound, fees, inbound, inspect, repair, recovery);

CREATE TEMP TABLE demo_market ON COMMIT DROP AS
SELECT *
  FROM (VALUES ('DE', 0.30), ('FR', 0.16), ('IT', 0.11), ('ES', 0.10),
               ('PL', 0.09), ('NL', 0.06), ('GB', 0.10), ('US', 0.08)) AS market (country, share);

-- Hazard: how much more often the channel's units come back.
CREATE TEMP TABLE demo_channel ON COMMIT DROP AS
SELECT *
  FROM (VALUES ('amazon', 0.55, 1.2), ('distributor', 0.30, 0.6), ('webshop', 0.15, 1.1))
       AS channel (channel, share, hazard);

-- Nobody covers GB and US: their returns wait for staff. Lines: a pattern of codes.
CREATE TEMP TABLE demo_partner ON COMMIT DROP AS
SELECT *
  FROM (VALUES ('Werkstatt Rhein',     'DE', '{DE,NL}'::text[], '%'),
               ('Motorenhaus Isar',    'DE', '{DE}',            '%generator'),
               ('Atelier de la Loire', 'FR', '{FR}',            '%'),
               ('Officina del Po',     'IT', '{IT}',            '%'),
               ('Taller del Ebro',     'ES', '{ES}',            '%'),
               ('Serwis Odra',         'PL', '{PL}',            '%er%')) AS partner (name, country, covers, lines);

-- Why units come back, how often, and in whose words. A faulty lot has its own.
CREATE TEMP TABLE demo_complaint ON COMMIT DROP AS
SELECT *
  FROM (VALUES ('mini_tiller',        'failed_in_use',    5, 'The tines stopped turning after two hours of work; the belt looks burnt.'),
               ('mini_tiller',        'performance_low',  3, 'It only scratches the surface, even on soft ground and with full throttle.'),
               ('mini_tiller',        'hard_to_use',      3, 'I could not start it although I followed the manual three times.'),
               ('mini_tiller',        'missing_parts',    1, 'The drag bar and two of the tine pins were not in the box.'),
               ('fuel_generator',     'doa',              3, 'The engine runs, but there is no voltage at any of the sockets.'),
               ('fuel_generator',     'failed_in_use',    4, 'It starts and stops again after a minute. Oil and fuel are full.'),
               ('fuel_generator',     'noise_smell',      3, 'Far louder than stated, and the exhaust smells of burnt oil.'),
               ('inverter_generator', 'failed_in_use',    4, 'The overload light comes on although nothing is plugged in.'),
               ('inverter_generator', 'performance_low',  3, 'It cannot run my fridge, although 2.2 kW should be plenty.'),
               ('inverter_generator', 'noise_smell',      2, 'The engine surges up and down all the time, with or without load.'),
               ('power_station',      'performance_low',  5, 'The display says full, but it is empty after a third of the time.'),
               ('power_station',      'failed_in_use',    4, 'It does not charge any more, neither at the wall nor from the panel.'),
               ('power_station',      'doa',              3, 'Dead on arrival. No display, no reaction to any button.'),
               ('power_station',      'safety',           1, 'The case is warm and slightly swollen on one side. I have put it outside.'),
               ('solar_panel',        'not_as_described', 1, 'In full sun it never gives more than ninety watts.'),
               (NULL,                 'no_longer_wanted', 3, 'I do not need it any more; the box has not been opened.'),
               (NULL,                 'transport_damage', 2, 'The box was crushed on one corner and the handle inside is broken.'),
               (NULL,                 'wrong_item',       1, 'I ordered another model; this is not what the invoice says.'),
               ('faulty lot',         'failed_in_use',    4, 'A loud bang, then the tines stood still. The gearbox leaks oil.'),
               ('faulty lot',         'noise_smell',      1, 'Grinding noise from the gearbox from the first day on.'))
       AS complaint (line, reason, weight, words);

CREATE TEMP TABLE demo_customer ON COMMIT DROP AS
SELECT *
  FROM (VALUES ('DE', '{Anna Keller,Jonas Brandt,Miriam Vogel,Uwe Hartmann}'::text[]),
               ('FR', '{Camille Moreau,Hugo Lambert,Manon Girard}'),
               ('IT', '{Giulia Ferri,Marco Bassi,Sara Conti}'),
               ('ES', '{Lucía Ortega,Pablo Navarro,Inés Vidal}'),
               ('PL', '{Ewa Nowicka,Piotr Zieliński,Marta Lis}'),
               ('NL', '{Daan Visser,Sanne de Wit}'),
               ('GB', '{Oliver Hughes,Amy Walsh,王小明}'),
               ('US', '{Emily Carter,Jack Turner,陈静}')) AS customer (country, names);

-- What partners write when they move a ticket.
CREATE TEMP TABLE demo_note ON COMMIT DROP AS
SELECT *
  FROM (VALUES ('accepted',      'We take it.'),
               ('declined',      'No capacity in the next two weeks.'),
               ('appointed',     'The customer brings it on Thursday.'),
               ('in_work',       'On the bench.'),
               ('waiting_parts', 'Parts are ordered, about five working days.'),
               ('done',          'Repaired and tested under load for an hour.'),
               ('verified',      'Customer confirms that it works.'),
               ('cancelled',     'The customer was refunded instead.')) AS note (state, words);

-- The way to each state of a ticket, and the state each step puts the return into.
CREATE TEMP TABLE demo_path ON COMMIT DROP AS
SELECT *
  FROM (VALUES ('offered',       '{offered}'::text[]),
               ('accepted',      '{offered,accepted}'),
               ('appointed',     '{offered,accepted,appointed}'),
               ('in_work',       '{offered,accepted,appointed,in_work}'),
               ('waiting_parts', '{offered,accepted,in_work,waiting_parts}'),
               ('done',          '{offered,accepted,in_work,done}'),
               ('verified',      '{offered,accepted,in_work,done,verified}'),
               ('declined',      '{offered,declined}'),
               ('cancelled',     '{offered,cancelled}')) AS path (state, steps);

-- Chance --------------------------------------------------------------------

-- Even in [0, 1), and the same for the same name.
CREATE FUNCTION pg_temp.dice(name text) RETURNS double precision LANGUAGE sql IMMUTABLE AS $$
SELECT ('x' || encode(substr(sha256(convert_to('2026 ' || name, 'UTF8')), 1, 6), 'hex'))::bit(48)::bigint
       / 281474976710656.0::double precision
$$;
CREATE FUNCTION pg_temp.name_id(prefix text, name text) RETURNS text LANGUAGE sql IMMUTABLE AS $$
SELECT prefix || '_' || left(encode(sha256(convert_to(prefix || ' ' || name, 'UTF8')), 'hex'), 26)
$$;
-- A return number with its check character; see number_new() of the daemon.
CREATE FUNCTION pg_temp.name_number(name text) RETURNS text LANGUAGE sql IMMUTABLE AS $$
SELECT 'R-' || left(digits, 4) || '-' || right(digits, 4) || '-' || substr(alphabet, check_digit % 31 + 1, 1)
  FROM (SELECT '0123456789ABCDEFGHJKMNPQRSTVWXYZ' AS alphabet) AS a,
       LATERAL (SELECT string_agg(substr(alphabet, get_byte(hash, i) % 32 + 1, 1), '' ORDER BY i) AS digits,
                       sum((i + 1) * (get_byte(hash, i) % 32))::int AS check_digit
                  FROM (SELECT sha256(convert_to('number ' || name, 'UTF8')) AS hash) AS h,
                       generate_series(0, 7) AS i) AS d
$$;

-- Catalogue -----------------------------------------------------------------

INSERT INTO product_line (public_id, code, name, created_at)
SELECT pg_temp.name_id('lin', code), code, name, first_month FROM demo_line, demo_period;

INSERT INTO line_cost (line, valid_from, currency, price_minor, cogs_minor, outbound_minor, fees_minor,
                       inbound_minor, inspect_minor, repair_minor, recovery_minor)
SELECT l.id, valid_from, 'EUR', price, cogs, outbound, fees, inbound, inspect, repair, recovery
  FROM demo_cost JOIN product_line AS l ON l.code = demo_cost.line;

INSERT INTO product (public_id, line, model, name, created_at)
SELECT pg_temp.name_id('prd', m.model), l.id, m.model, m.name, first_month
  FROM demo_period, demo_model AS m JOIN product_line AS l ON l.code = m.line;

INSERT INTO partner (public_id, name, country, created_at)
SELECT pg_temp.name_id('par', name), name, country, first_month FROM demo_partner, demo_period;

INSERT INTO partner_coverage (partner, line, country)
SELECT p.id, l.id, unnest(d.covers)
  FROM demo_partner AS d
  JOIN partner AS p USING (name)
  JOIN product_line AS l ON l.code LIKE d.lines;

-- Units: sold month by month, made one to two months before ------------------

CREATE TEMP TABLE demo_unit ON COMMIT DROP AS
WITH cell AS (
    SELECT m.model, l.code AS line, k.country, c.channel, c.hazard * l.rate AS rate,
           (first_month + make_interval(months => n))::date AS month,
           CASE WHEN l.code = 'solar_panel' THEN 26 * (n = months - 1)::int
                ELSE l.sales * m.share * growth ^ n
                     * l.season[extract(month FROM first_month + make_interval(months => n))::int]
           END * k.share * c.share AS expected
      FROM demo_period, demo_model AS m JOIN demo_line AS l ON l.code = m.line,
           demo_market AS k, demo_channel AS c, generate_series(0, 23) AS n
), sold AS (
    SELECT cell.*, concat_ws(' ', model, country, channel, month, n) AS name
      FROM cell,
           generate_series(1, floor(expected + pg_temp.dice(
               concat_ws(' ', model, country, channel, month)))::int) AS n
), dated AS (
    SELECT sold.*,
           month + floor(pg_temp.dice('day ' || name)
                         * extract(day FROM month + interval '1 month - 1 day'))::int AS shipped_on
      FROM sold
), made AS (
    SELECT dated.*, shipped_on - 25 - floor(pg_temp.dice('made ' || name) * 40)::int AS made_on FROM dated
)
SELECT made.*,
       to_char(made_on, 'YYMM') || CASE WHEN extract(day FROM made_on) < 16 THEN 'A' ELSE 'B' END AS lot,
       translate(model, '-', '') || to_char(made_on, 'YYMM')
       || lpad((row_number() OVER (PARTITION BY model ORDER BY made_on, name))::text, 5, '0') AS serial
  FROM made;

INSERT INTO unit (public_id, product, serial, lot, made_on, shipped_on, country, channel)
SELECT pg_temp.name_id('unt', serial), p.id, serial, lot, made_on, shipped_on, country, channel
  FROM demo_unit JOIN product AS p USING (model)
 ORDER BY shipped_on, serial;

-- Returns: which units, when and why -------------------------------------------

CREATE TEMP TABLE demo_return ON COMMIT DROP AS
WITH back AS (
    SELECT u.*, u.lot = faulty_lot AND u.model = faulty_model AS faulty, until,
           shipped_on + interval '4 days'
           + make_interval(secs => 86400 * -40 * ln(1 - pg_temp.dice('delay ' || serial))) AS filed_at
      FROM demo_unit AS u, demo_period
     WHERE pg_temp.dice('back ' || serial)
           < rate * CASE WHEN lot = faulty_lot AND model = faulty_model THEN faulty_hazard ELSE 1 END
), told AS (
    SELECT back.*, c.reason, c.words,
           row_number() OVER (PARTITION BY serial
                              ORDER BY -ln(pg_temp.dice(concat_ws(' ', serial, reason, words))) / weight) AS nth
      FROM back
      JOIN demo_complaint AS c
        ON CASE WHEN faulty THEN c.line = 'faulty lot' ELSE c.line IS NULL OR c.line = back.line END
     WHERE filed_at < until
), fate AS (
    SELECT told.*, pg_temp.dice('fate ' || serial) AS fate, pg_temp.dice('who ' || serial) AS who,
           until - filed_at < interval '16 days' AS newest, until - filed_at < interval '40 days' AS fresh,
           until - filed_at > interval '90 days' AS old
      FROM told
     WHERE nth = 1
)
SELECT f.*, a.helper, n.names[1 + floor(pg_temp.dice('name ' || serial) * cardinality(n.names))::int] AS customer,
       -- The first states are those without a partner's work, the others come from a ticket.
       CASE WHEN fresh THEN CASE WHEN fate < 0.12 THEN 'need_info' WHEN fate < 0.16 THEN 'rejected'
                                 WHEN fate < 0.20 THEN 'cancelled' WHEN fate < 0.24 THEN 'submitted' END
            WHEN fate < 0.06 THEN 'rejected' WHEN fate < 0.09 THEN 'cancelled'
            WHEN helper IS NULL OR who < 0.35 THEN CASE WHEN old OR fate > 0.5 THEN 'closed' ELSE 'settled' END
       END AS state,
       CASE WHEN helper IS NULL THEN NULL
            WHEN fresh THEN CASE WHEN fate < 0.12 THEN NULL WHEN fate < 0.20 THEN 'cancelled'
                                 WHEN fate < 0.24 THEN 'declined'
                                 WHEN fate < 0.40 OR newest THEN 'offered'
                                 WHEN fate < 0.52 THEN 'accepted' WHEN fate < 0.64 THEN 'appointed'
                                 WHEN fate < 0.76 THEN 'in_work' WHEN fate < 0.88 THEN 'waiting_parts'
                                 WHEN fate < 0.95 THEN 'done' ELSE 'verified' END
            WHEN fate < 0.09 THEN 'cancelled'
            WHEN who < 0.35 THEN NULL
            WHEN old OR fate > 0.3 THEN 'verified' ELSE 'done'
       END AS ticket_state
  FROM fate AS f
  JOIN demo_customer AS n USING (country)
  LEFT JOIN LATERAL (
           SELECT c.partner AS helper
             FROM partner_coverage AS c
             JOIN partner AS p ON p.id = c.partner
             JOIN product_line AS l ON l.id = c.line AND l.code = f.line
            WHERE c.country = f.country
            ORDER BY pg_temp.dice(f.serial || p.name)
            LIMIT 1) AS a ON true;

UPDATE demo_return
   SET state = coalesce(state, CASE ticket_state WHEN 'offered' THEN 'submitted' WHEN 'done' THEN 'settled'
                                                 WHEN 'verified' THEN 'closed' ELSE 'approved' END);

-- What happened: steps of the ticket, and what the return made of them --------

CREATE TEMP TABLE demo_step ON COMMIT DROP AS
WITH step AS (
    SELECT serial, n::int AS n, s.state AS ticket_to, lag(s.state) OVER (PARTITION BY serial ORDER BY n) AS ticket_from,
           CASE s.state WHEN 'accepted' THEN 'approved' WHEN 'done' THEN 'settled'
                        WHEN 'verified' THEN 'closed' END AS return_to
      FROM demo_return JOIN demo_path AS p ON p.state = ticket_state,
           unnest(p.steps) WITH ORDINALITY AS s (state, n)
     UNION ALL
    SELECT serial, 10 + n::int, NULL, NULL, s.state
      FROM demo_return AS r,
           unnest(CASE WHEN r.ticket_state IS NULL AND r.state IN ('settled', 'closed')
                       THEN CASE r.state WHEN 'settled' THEN '{approved,settled}'
                                         ELSE '{approved,settled,closed}' END::text[]
                       WHEN r.ticket_state IS NULL AND r.state = 'approved' THEN '{approved}'
                       WHEN r.state IN ('need_info', 'rejected', 'cancelled') THEN ARRAY[r.state]
                       ELSE '{}' END) WITH ORDINALITY AS s (state, n)
)
SELECT step.*,
       -- Hours to days after each other; for fresh returns, before the end of the period.
       filed_at + least(interval '1 day 5 hours' * pg_temp.dice('pace ' || serial) + interval '9 hours',
                        (until - filed_at) / 8)
                  * (row_number() OVER (PARTITION BY serial ORDER BY n) - (ticket_state IS NOT NULL)::int)
       + interval '2 seconds' AS happened_at,
       coalesce(lag(return_to) OVER (PARTITION BY serial, return_to IS NULL ORDER BY n), 'submitted') AS return_from
  FROM step JOIN demo_return USING (serial);

INSERT INTO return (public_id, number, state, product, product_id, model, line_code, serial, unit, reason,
                    description, country, channel, name, email, locale, newest_ticket, row_version, created_at,
                    updated_at)
SELECT pg_temp.name_id('ret', r.serial), pg_temp.name_number(r.serial), r.state, p.id, p.public_id, p.model, r.line,
       r.serial, u.id, r.reason, r.words, r.country, r.channel, r.customer,
       -- Every address is of a domain that nobody can have.
       'customer' || substr(pg_temp.name_id('ret', r.serial), 5, 6) || '@demo.example',
       CASE WHEN r.customer ~ '[a-zA-Z]' THEN 'en' ELSE 'zh-Hans' END,
       CASE WHEN r.ticket_state IS NOT NULL THEN pg_temp.name_id('tic', r.serial) END,
       1 + s.moves, r.filed_at, coalesce(s.last_move, r.filed_at)
  FROM demo_return AS r
  JOIN product AS p USING (model)
  JOIN unit AS u ON u.product = p.id AND u.serial = r.serial,
       LATERAL (SELECT count(*) AS moves, max(happened_at) AS last_move
                  FROM demo_step AS s
                 WHERE s.serial = r.serial AND s.return_to IS NOT NULL) AS s
 ORDER BY r.filed_at;

INSERT INTO ticket (public_id, return, partner, state, row_version, created_at, updated_at)
SELECT r.newest_ticket, r.id, d.helper, d.ticket_state, s.steps, s.first_step, s.last_step
  FROM demo_return AS d
  JOIN return AS r ON r.public_id = pg_temp.name_id('ret', d.serial),
       LATERAL (SELECT count(*) AS steps, min(happened_at) AS first_step, max(happened_at) AS last_step
                  FROM demo_step AS s
                 WHERE s.serial = d.serial AND s.ticket_to IS NOT NULL) AS s
 WHERE d.ticket_state IS NOT NULL
 ORDER BY s.first_step;

INSERT INTO return_event (public_id, return, ticket, kind, actor_role, from_state, to_state, note, created_at)
SELECT pg_temp.name_id('evt', concat_ws(' ', d.serial, e.kind, s.n)), r.id,
       CASE WHEN e.kind LIKE 'ticket%' OR s.ticket_to IS NOT NULL THEN t.id END,
       e.kind, e.role, e.from_state, e.to_state,
       CASE WHEN e.kind = 'ticket_moved' THEN w.words END, e.happened_at
  FROM demo_return AS d
  JOIN return AS r ON r.public_id = pg_temp.name_id('ret', d.serial)
  LEFT JOIN ticket AS t ON t.return = r.id
  JOIN LATERAL (SELECT 0 AS n, NULL AS ticket_from, NULL AS ticket_to, NULL AS return_from,
                       'submitted' AS return_to, filed_at AS happened_at
                 UNION ALL
                SELECT n, ticket_from, ticket_to, return_from, return_to, happened_at
                  FROM demo_step AS s
                 WHERE s.serial = d.serial) AS s ON true,
       LATERAL (SELECT CASE WHEN s.ticket_from IS NULL THEN 'ticket_offered' ELSE 'ticket_moved' END AS kind,
                       CASE WHEN s.ticket_from IS NULL THEN 'system'
                            WHEN s.ticket_to IN ('verified', 'cancelled') THEN 'agent'
                            ELSE 'partner_tech' END AS role,
                       s.ticket_from AS from_state, s.ticket_to AS to_state, s.happened_at
                 WHERE s.ticket_to IS NOT NULL
                 UNION ALL
                SELECT CASE WHEN s.n = 0 THEN 'filed' ELSE 'state_changed' END,
                       CASE WHEN s.n = 0 OR s.return_to = 'cancelled' THEN 'customer'
                            WHEN s.ticket_to IN ('accepted', 'done') THEN 'partner_tech'
                            ELSE 'agent' END,
                       CASE WHEN s.n > 0 THEN s.return_from END, s.return_to,
                       s.happened_at + interval '1 millisecond'
                 WHERE s.return_to IS NOT NULL) AS e
  LEFT JOIN demo_note AS w ON w.state = e.to_state
 ORDER BY e.happened_at, d.serial, e.kind;

-- Questions that wait for an answer, and notes among staff.
INSERT INTO return_event (public_id, return, kind, actor_role, note, internal, created_at)
SELECT pg_temp.name_id('evt', concat_ws(' ', 'message', m.role, m.internal, r.public_id)), r.id, 'message', m.role, m.note, m.internal,
       r.updated_at + m.after
  FROM return AS r
  JOIN (VALUES ('need_info', 'agent', 'Could you send us a photo of the type plate?', false, interval '1 minute'),
               ('need_info', 'agent', 'Second case with this serial range this month.', true, interval '2 minutes'),
               ('need_info', 'customer', 'I will look for it tonight.', false, interval '3 hours'))
       AS m (state, role, note, internal, after) ON m.state = r.state
 WHERE m.role = 'agent' AND NOT m.internal OR pg_temp.dice(m.role || m.internal || r.public_id) < 0.4;

-- Registrations: one unit in twelve, and a few that two people claim ----------

INSERT INTO registration (public_id, product, serial, unit, state, buyer_type, country, purchased_on, channel,
                          email, locale, created_at)
SELECT pg_temp.name_id('reg', u.serial || nth), p.id, u.serial, unit.id,
       CASE nth WHEN 1 THEN 'active' ELSE 'disputed' END,
       CASE WHEN pg_temp.dice('buyer ' || u.serial) < 0.85 THEN 'consumer' ELSE 'business' END,
       u.country, u.shipped_on + 3, u.channel, 'owner' || substr(pg_temp.name_id('reg', u.serial || nth), 5, 6)
       || '@demo.example', 'en', u.shipped_on + 4 * nth + interval '18 hours'
  FROM demo_unit AS u
  JOIN product AS p USING (model)
  JOIN unit ON unit.product = p.id AND unit.serial = u.serial,
       generate_series(1, 2) AS nth
 WHERE pg_temp.dice(nth || 'registered ' || u.serial) < CASE nth WHEN 1 THEN 0.08 ELSE 0.002 END
   AND (nth = 1 OR pg_temp.dice('1registered ' || u.serial) < 0.08)
 ORDER BY u.shipped_on, u.serial, nth;

-- Counts: as if a file with every sale and every accepted return had come in --

INSERT INTO sales_import (public_id, file_name, file_hash, map_hash, rows_read, rows_sold, rows_returned,
                          rows_skipped, units_sold, units_returned, created_at)
SELECT pg_temp.name_id('imp', 'demo'), 'demo.csv', sha256('demo.csv'), sha256('demo.json'), sold + returned, sold,
       returned, 0, sold, returned, until
  FROM demo_period,
       LATERAL (SELECT count(*) AS sold FROM demo_unit) AS s,
       LATERAL (SELECT count(*) AS returned
                  FROM return AS r JOIN return_state AS s ON s.code = r.state AND s.counted) AS r;

WITH posted AS (
    INSERT INTO posting (import) SELECT id FROM sales_import RETURNING id
)
INSERT INTO unit_event (posting, product, country, channel, lot, ship_day, event_day, units)
SELECT posted.id, p.id, country, channel, lot, shipped_on, shipped_on, count(*)
  FROM posted, demo_unit JOIN product AS p USING (model)
 GROUP BY posted.id, p.id, country, channel, lot, shipped_on;

WITH posted AS (
    INSERT INTO posting DEFAULT VALUES RETURNING id
)
INSERT INTO unit_event (posting, product, country, channel, lot, ship_day, event_day, class, reason, units, return)
SELECT posted.id, r.product, r.country, r.channel, coalesce(u.lot, ''), u.shipped_on,
       (e.created_at AT TIME ZONE 'UTC')::date, w.class, r.reason, 1, r.id
  FROM posted,
       return AS r
  JOIN return_state AS s ON s.code = r.state AND s.counted
  JOIN return_reason AS w ON w.code = r.reason
  JOIN return_event AS e ON e.return = r.id AND e.to_state = 'approved' AND e.kind = 'state_changed'
  JOIN unit AS u ON u.id = r.unit;
SELECT rollup_fold();
