\echo '# Filing a return answers with its row and the token, and no address.'
EXECUTE return_file('ret_00000000000000000000000001', 'R-7KX4-9QPM-C', 'evt_00000000000000000000000001', 'the token', sha256('the token'), :'tiller', 'T0001', 'failed_in_use', 'The tines do not turn.', 'DE', 'amazon', 'W-1', 'Kim', 'kim@test.example', '+4915112345678', 'en');
SELECT id AS one FROM return WHERE number = 'R-7KX4-9QPM-C' \gset

\echo '# What was filed is linked to the unit of the registry, and a unit that is not there is no hindrance.'
SELECT pg_temp.filed(2, 'DE') > 0 AS filed;
SELECT r.serial, u.lot FROM return AS r LEFT JOIN unit AS u ON u.id = r.unit ORDER BY r.id;

\echo '# Only the hash of the token is kept, and it opens this return for a year.'
SELECT t.hash = sha256('the token') AS hashed, t.return = :one AS opens, t.account, t.expires_at - t.created_at AS life FROM token AS t WHERE t.return = :one;

\echo '# It is offered to the active partner who covers line and country; the customer came first.'
SELECT kind, actor_role, from_state, to_state FROM return_event WHERE return = :one ORDER BY created_at, id;
SELECT p.name, t.state, t.public_id = r.newest_ticket AS newest FROM ticket AS t JOIN partner AS p ON p.id = t.partner JOIN return AS r ON r.id = t.return WHERE r.id = :one;

\echo '# Where nobody covers the country there is no ticket.'
SELECT pg_temp.filed(3, 'IT') AS italian \gset
SELECT r.newest_ticket, (SELECT count(*) FROM ticket AS t WHERE t.return = r.id) AS tickets FROM return AS r WHERE r.id = :italian;

\echo '# Two partners of a country share the work evenly.'
INSERT INTO partner_coverage (partner, line, country) SELECT id, (SELECT id FROM product_line WHERE code = 'tiller'), 'ES' FROM partner WHERE name IN ('Rhein', 'Loire');
SELECT count(pg_temp.filed(n, 'ES')) AS filed FROM generate_series(1000, 1399) AS n;
SELECT min(n) > 160 AS even, sum(n) AS tickets FROM (SELECT count(*) AS n FROM ticket AS t JOIN return AS r ON r.id = t.return AND r.country = 'ES' GROUP BY t.partner) AS shares;

\echo '# A product that is unknown, or no longer offered, cannot be sent back.'
EXECUTE return_file('ret_00000000000000000000000009', 'R-0000-0009-0', 'evt_00000000000000000000000009', 't', sha256('t'), 'prd_zzzzzzzzzzzzzzzzzzzzzzzzzz', 'T0002', 'doa', 'It does not start.', 'DE', NULL, NULL, 'Kim', 'kim@test.example', NULL, 'en');
EXECUTE return_file('ret_00000000000000000000000009', 'R-0000-0009-0', 'evt_00000000000000000000000009', 't', sha256('t'), :'unlisted', 'T0002', 'doa', 'It does not start.', 'DE', NULL, NULL, 'Kim', 'kim@test.example', NULL, 'en');

\echo '# A machine has one open return; another model with the same serial is another machine.'
EXECUTE return_file('ret_00000000000000000000000009', 'R-0000-0009-0', 'evt_00000000000000000000000009', 't', sha256('t'), :'tiller', 'T0001', 'doa', 'It does not start.', 'DE', NULL, NULL, 'Kim', 'kim@test.example', NULL, 'en');
EXECUTE return_file('ret_00000000000000000000000010', 'R-0000-0010-0', 'evt_00000000000000000000000010', 't', sha256('t'), :'generator', 'T0001', 'doa', 'It does not start.', 'DE', NULL, NULL, 'Kim', 'kim@test.example', NULL, 'en');

\echo '# What a customer is not offered as a reason is none, and rules are named.'
EXECUTE return_file('ret_00000000000000000000000011', 'R-0000-0011-0', 'evt_00000000000000000000000011', 't', sha256('u'), :'tiller', 'T0003', 'bored', 'It does not start.', 'DE', NULL, NULL, 'Kim', 'kim@test.example', NULL, 'en');
EXECUTE return_file('ret_00000000000000000000000011', 'R-0000-0011-0', 'evt_00000000000000000000000011', 't', sha256('u'), :'tiller', 'T0003', 'doa', 'Broken.', 'DE', NULL, NULL, 'Kim', 'kim@test.example', NULL, 'en');
EXECUTE return_file('ret_00000000000000000000000011', 'R-0000-0011-0', 'evt_00000000000000000000000011', 't', sha256('u'), :'tiller', 't0003', 'doa', 'It does not start.', 'DE', NULL, NULL, 'Kim', 'kim@test.example', NULL, 'en');

\echo '# Staff reads a return, its customer too; a partner or another customer gets no row.'
EXECUTE return_get('agent', :ada, 'ret_00000000000000000000000001');
EXECUTE return_get('customer', :one, 'ret_00000000000000000000000001');
EXECUTE return_get('customer', :italian, 'ret_00000000000000000000000001');
EXECUTE return_get('partner_tech', :one, 'ret_00000000000000000000000001');

\echo '# Lists are newest first, show no person, and filter.'
EXECUTE return_list(NULL, 'IT', NULL, NULL, NULL, 5);
EXECUTE return_list('submitted', 'DE', 'generator', NULL, NULL, 5);
EXECUTE return_list('closed', NULL, NULL, NULL, NULL, 5);
EXECUTE return_list_in_state('submitted', 'IT', 'tiller', NULL, NULL, 5);
EXECUTE return_list_in_state('closed', NULL, NULL, NULL, NULL, 5);

\echo '# Pages follow each other without a gap, also among rows of the same moment.'
CREATE TEMP TABLE seen AS SELECT NULL::text AS id, NULL::timestamptz AS created_at WHERE false;
SELECT count(*) AS returns, count(DISTINCT created_at) AS moments FROM return;
PREPARE turn AS INSERT INTO seen SELECT id, created_at FROM (SELECT public_id AS id, created_at FROM return AS r WHERE (r.created_at, r.public_id) < (SELECT coalesce(min(created_at), 'infinity'), coalesce(min(id), '~') FROM seen) ORDER BY r.created_at DESC, r.public_id DESC LIMIT 150) AS page;
EXECUTE turn;
EXECUTE turn;
SELECT id AS last, created_at AS at FROM seen ORDER BY created_at, id LIMIT 1 \gset
EXECUTE return_list(NULL, 'DE', NULL, :'at', :'last', 2);
EXECUTE return_list(NULL, NULL, NULL, :'at', 'ret_00000000000000000000000002', 5);

\echo '# A move needs the version that was seen, and says which one there is.'
EXECUTE return_move('agent', :ada, :ada, 'ret_00000000000000000000000003', 7, 'approved', NULL, 'evt_00000000000000000000000020');

\echo '# A move that is not possible says which ones are; a customer has others than staff.'
EXECUTE return_move('agent', :ada, :ada, 'ret_00000000000000000000000003', 1, 'closed', NULL, 'evt_00000000000000000000000020');
EXECUTE return_move('customer', :italian, NULL, 'ret_00000000000000000000000003', 1, 'approved', NULL, 'evt_00000000000000000000000020');

\echo '# Nobody moves what is not theirs.'
EXECUTE return_move('customer', :one, NULL, 'ret_00000000000000000000000003', 1, 'cancelled', NULL, 'evt_00000000000000000000000020');
EXECUTE return_move('partner_tech', :rhein, :rita, 'ret_00000000000000000000000003', 1, 'approved', NULL, 'evt_00000000000000000000000020');

\echo '# Staff moves a return: the row as it is now, an event with the note, one more returned unit.'
EXECUTE return_move('agent', :ada, :ada, 'ret_00000000000000000000000003', 1, 'approved', 'Send it in.', 'evt_00000000000000000000000020');
EXECUTE return_event_list('customer', :italian, 'ret_00000000000000000000000003', NULL, NULL, 10);
SELECT p.model, e.country, e.channel, e.class, e.units, e.event_day = (now() AT TIME ZONE 'UTC')::date AS today FROM unit_event AS e JOIN product AS p ON p.id = e.product;

\echo '# Rejected after approval: the unit is no longer a returned one.'
EXECUTE return_move('agent', :ada, :ada, 'ret_00000000000000000000000003', 2, 'rejected', NULL, 'evt_00000000000000000000000021');
SELECT sum(units) AS units FROM unit_event;

\echo '# The end of a return leaves the link of its customer 90 days.'
SELECT expires_at - now() AS life FROM token WHERE return = :italian;

\echo '# Reopening gives it a year again, and counts the unit again.'
EXECUTE return_move('agent', :ada, :ada, 'ret_00000000000000000000000003', 3, 'approved', NULL, 'evt_00000000000000000000000022');
UPDATE return SET state = 'closed' WHERE id = :italian;
EXECUTE return_move('agent', :ada, :ada, 'ret_00000000000000000000000003', 3, 'approved', NULL, 'evt_00000000000000000000000022');
SELECT expires_at - now() AS life FROM token WHERE return = :italian;

\echo '# A customer who cancels ends the ticket as well, and the partner can see why.'
EXECUTE return_move('customer', :one, NULL, 'ret_00000000000000000000000001', 1, 'cancelled', 'Not needed any more.', 'evt_00000000000000000000000030');
SELECT kind, actor_role, from_state, to_state, note FROM return_event WHERE return = :one ORDER BY created_at, id;
SELECT state, row_version FROM ticket WHERE return = :one;
SELECT count(*) AS counted FROM unit_event WHERE country = 'DE';

\echo '# Then the machine can be filed again.'
EXECUTE return_file('ret_00000000000000000000000012', 'R-0000-0012-0', 'evt_00000000000000000000000012', 't', sha256('v'), :'tiller', 'T0001', 'repeat', 'It stopped again.', 'IT', NULL, NULL, 'Kim', 'kim@test.example', NULL, 'zh-Hans');

\echo '# Messages: the customer and staff write, a partner or a stranger cannot.'
EXECUTE return_message('customer', :italian, NULL, 'ret_00000000000000000000000003', 'evt_00000000000000000000000040', 'When?', NULL);
EXECUTE return_message('agent', :ada, :ada, 'ret_00000000000000000000000003', 'evt_00000000000000000000000041', 'Known complainer.', true);
EXECUTE return_message('customer', :one, NULL, 'ret_00000000000000000000000003', 'evt_00000000000000000000000042', 'Mine!', false);
EXECUTE return_message('partner_tech', :rhein, :rita, 'ret_00000000000000000000000003', 'evt_00000000000000000000000042', 'Hello.', false);

\echo '# A customer may not write an internal note, and a stranger does not learn even that.'
EXECUTE return_message('customer', :italian, NULL, 'ret_00000000000000000000000003', 'evt_00000000000000000000000043', 'Psst.', true);
EXECUTE return_message('customer', :one, NULL, 'ret_00000000000000000000000003', 'evt_00000000000000000000000043', 'Psst.', true);

\echo '# Internal notes are for staff; events go page by page.'
EXECUTE return_event_list('customer', :italian, 'ret_00000000000000000000000003', NULL, NULL, 2);
EXECUTE return_event_list('agent', :ada, 'ret_00000000000000000000000003', NULL, NULL, 2);
SELECT created_at AS at FROM return_event WHERE public_id = 'evt_00000000000000000000000041' \gset
EXECUTE return_event_list('agent', :ada, 'ret_00000000000000000000000003', :'at', 'evt_00000000000000000000000041', 2);

\echo '# The events of what is not there, or not the viewer''s, are not found.'
EXECUTE return_event_list('agent', :ada, 'ret_zzzzzzzzzzzzzzzzzzzzzzzzzz', NULL, NULL, 2);
EXECUTE return_event_list('customer', :one, 'ret_00000000000000000000000003', NULL, NULL, 2);

\echo '# What happened cannot be changed or taken back.'
UPDATE return_event SET note = 'Never said.';
DELETE FROM return_event;
TRUNCATE return_event;
