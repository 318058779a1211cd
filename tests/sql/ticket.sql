SELECT pg_temp.filed(1, 'DE') AS one, pg_temp.filed(2, 'IT') AS two \gset
SELECT public_id AS ticket FROM ticket WHERE return = :one \gset
UPDATE ticket SET public_id = 'tic_00000000000000000000000001' WHERE return = :one;
\set ticket tic_00000000000000000000000001

\echo '# The partner sees the own ticket with what is needed for the job; staff sees it, others do not.'
EXECUTE ticket_get('partner_tech', :rhein, :'ticket');
EXECUTE ticket_get('agent', :ada, :'ticket');
EXECUTE ticket_get('partner_tech', :loire, :'ticket');
EXECUTE ticket_get('customer', :one, :'ticket');

\echo '# A list holds a partner''s own tickets only; staff sees all.'
EXECUTE ticket_list('partner_tech', :rhein, NULL, NULL, NULL, NULL, 5);
EXECUTE ticket_list('partner_tech', :loire, NULL, NULL, NULL, NULL, 5);
EXECUTE ticket_list('customer', :one, NULL, NULL, NULL, NULL, 5);
EXECUTE ticket_list('manager', :ada, NULL, NULL, NULL, NULL, 5);

\echo '# Lists filter by state and by whether the work is open.'
EXECUTE ticket_list('partner_tech', :rhein, 'accepted', NULL, NULL, NULL, 5);
EXECUTE ticket_list('agent', :ada, 'offered', true, NULL, NULL, 5);
EXECUTE ticket_list('agent', :ada, NULL, false, NULL, NULL, 5);

\echo '# A partner cannot move another one''s ticket, nor do what only staff does.'
EXECUTE ticket_move('partner_tech', :loire, :luc, :'ticket', 1, 'accepted', 'Mine.', 'evt_00000000000000000000000101');
EXECUTE ticket_move('partner_tech', :rhein, :rita, :'ticket', 1, 'verified', 'Done.', 'evt_00000000000000000000000101');
EXECUTE ticket_move('agent', :ada, :ada, :'ticket', 1, 'accepted', 'For you.', 'evt_00000000000000000000000101');

\echo '# A ticket that has changed since is stale.'
EXECUTE ticket_move('partner_tech', :rhein, :rita, :'ticket', 9, 'accepted', 'We take it.', 'evt_00000000000000000000000101');

\echo '# Accepting approves the return and counts the unit; all of it is told.'
EXECUTE ticket_move('partner_tech', :rhein, :rita, :'ticket', 1, 'accepted', 'We take it.', 'evt_00000000000000000000000101');
EXECUTE return_event_list('customer', :one, 'ret_00000000000000000000000001', NULL, NULL, 3);
SELECT state, row_version FROM return WHERE id = :one;
SELECT country, channel, class, units FROM unit_event;

\echo '# Work goes on and back: done settles the return, again in work approves it, verified closes it.'
EXECUTE ticket_move('partner_tech', :rhein, :rita, :'ticket', 2, 'in_work', 'On the bench.', 'evt_00000000000000000000000102');
EXECUTE ticket_move('partner_tech', :rhein, :rita, :'ticket', 3, 'done', 'Belt replaced.', 'evt_00000000000000000000000103');
SELECT state FROM return WHERE id = :one;
EXECUTE ticket_move('agent', :ada, :ada, :'ticket', 4, 'in_work', 'It still slips.', 'evt_00000000000000000000000104');
SELECT state FROM return WHERE id = :one;
EXECUTE ticket_move('partner_tech', :rhein, :rita, :'ticket', 5, 'done', 'Tightened.', 'evt_00000000000000000000000105');
EXECUTE ticket_move('agent', :ada, :ada, :'ticket', 6, 'verified', 'Fine.', 'evt_00000000000000000000000106');
SELECT state FROM return WHERE id = :one;
SELECT sum(units) AS units FROM unit_event;

\echo '# Nothing follows on the end.'
EXECUTE ticket_move('agent', :ada, :ada, :'ticket', 7, 'in_work', 'Again.', 'evt_00000000000000000000000107');

\echo '# A month after the work the partner no longer sees whom it was for; staff does.'
UPDATE ticket SET updated_at = now() - interval '31 days' WHERE public_id = :'ticket';
SELECT '(columns of ticket_get)' AS partner;
EXECUTE ticket_get('partner_tech', :rhein, :'ticket');
EXECUTE ticket_get('agent', :ada, :'ticket');

\echo '# Staff offers a return to a partner; the return shows its newest ticket.'
EXECUTE ticket_offer('agent', :ada, :ada, 'ret_00000000000000000000000002', 'par_00000000000000000000000002', 'tic_00000000000000000000000002', 'evt_00000000000000000000000201');
SELECT newest_ticket, row_version FROM return WHERE id = :two;

\echo '# There is one open ticket at a time.'
EXECUTE ticket_offer('agent', :ada, :ada, 'ret_00000000000000000000000002', 'par_00000000000000000000000001', 'tic_00000000000000000000000003', 'evt_00000000000000000000000202');

\echo '# After it was declined there can be another, and who declined sees the customer no more.'
EXECUTE ticket_move('partner_tech', :loire, :luc, 'tic_00000000000000000000000002', 1, 'declined', 'No time.', 'evt_00000000000000000000000203');
SELECT state FROM return WHERE id = :two;
EXECUTE ticket_offer('agent', :ada, :ada, 'ret_00000000000000000000000002', 'par_00000000000000000000000001', 'tic_00000000000000000000000003', 'evt_00000000000000000000000204');

\echo '# A partner reads what happened on the own ticket and to the return, not on others'' tickets, nor internal notes.'
EXECUTE return_message('agent', :ada, :ada, 'ret_00000000000000000000000002', 'evt_00000000000000000000000205', 'Difficult customer.', true);
EXECUTE return_message('customer', :two, NULL, 'ret_00000000000000000000000002', 'evt_00000000000000000000000206', 'Please ring first.', false);
EXECUTE ticket_event_list('partner_tech', :rhein, 'tic_00000000000000000000000003', NULL, NULL, 10);
EXECUTE ticket_event_list('agent', :ada, 'tic_00000000000000000000000003', NULL, NULL, 10);

\echo '# The events of another partner''s ticket are not found.'
EXECUTE ticket_event_list('partner_tech', :loire, 'tic_00000000000000000000000003', NULL, NULL, 10);
EXECUTE ticket_event_list('agent', :ada, 'tic_zzzzzzzzzzzzzzzzzzzzzzzzzz', NULL, NULL, 10);

\echo '# Offers need a partner who is there and active, a return that is under way, and staff.'
UPDATE ticket SET state = 'declined' WHERE return = :two;
EXECUTE ticket_offer('agent', :ada, :ada, 'ret_00000000000000000000000002', 'par_zzzzzzzzzzzzzzzzzzzzzzzzzz', 'tic_00000000000000000000000004', 'evt_00000000000000000000000207');
EXECUTE ticket_offer('agent', :ada, :ada, 'ret_00000000000000000000000002', 'par_00000000000000000000000003', 'tic_00000000000000000000000004', 'evt_00000000000000000000000207');
EXECUTE ticket_offer('agent', :ada, :ada, 'ret_00000000000000000000000001', 'par_00000000000000000000000001', 'tic_00000000000000000000000004', 'evt_00000000000000000000000207');
EXECUTE ticket_offer('partner_tech', :rhein, :rita, 'ret_00000000000000000000000002', 'par_00000000000000000000000001', 'tic_00000000000000000000000004', 'evt_00000000000000000000000207');
EXECUTE ticket_offer('agent', :ada, :ada, 'ret_zzzzzzzzzzzzzzzzzzzzzzzzzz', 'par_00000000000000000000000001', 'tic_00000000000000000000000004', 'evt_00000000000000000000000207');

\echo '# A return that staff closes verifies work that is done, and stops other work.'
SELECT pg_temp.filed(3, 'DE') AS three, pg_temp.filed(4, 'DE') AS four \gset
UPDATE return SET state = 'settled' WHERE id IN (:three, :four);
UPDATE ticket SET state = CASE return WHEN :three THEN 'done' ELSE 'in_work' END WHERE return IN (:three, :four);
EXECUTE return_move('agent', :ada, :ada, 'ret_00000000000000000000000003', 1, 'closed', NULL, 'evt_00000000000000000000000301');
EXECUTE return_move('agent', :ada, :ada, 'ret_00000000000000000000000004', 1, 'closed', NULL, 'evt_00000000000000000000000302');
SELECT r.number, t.state FROM ticket AS t JOIN return AS r ON r.id = t.return WHERE r.id IN (:three, :four) ORDER BY r.id;
