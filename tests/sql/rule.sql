\echo '# The open states in the unique indexes are those of the tables of states.'
SELECT string_agg(quote_literal(code), ', ' ORDER BY code) AS open FROM return_state WHERE open;
SELECT string_agg(DISTINCT m[1], ', ' ORDER BY m[1]) AS indexed FROM regexp_matches(pg_get_indexdef('return_open_key'::regclass), '(''[a-z_]+'')', 'g') AS m;
SELECT string_agg(quote_literal(code), ', ' ORDER BY code) AS open FROM ticket_state WHERE open;
SELECT string_agg(DISTINCT m[1], ', ' ORDER BY m[1]) AS indexed FROM regexp_matches(pg_get_indexdef('ticket_open_key'::regclass), '(''[a-z_]+'')', 'g') AS m;

\echo '# From every state that is open there is a way on, and every state can be reached.'
SELECT s.code FROM return_state AS s WHERE s.open AND NOT EXISTS (SELECT FROM return_transition AS t WHERE t.from_state = s.code);
SELECT s.code FROM ticket_state AS s WHERE s.open AND NOT EXISTS (SELECT FROM ticket_transition AS t WHERE t.from_state = s.code);
WITH RECURSIVE reached AS (SELECT 'submitted'::text COLLATE "C" AS code UNION SELECT t.to_state::text FROM reached JOIN return_transition AS t ON t.from_state = reached.code) SELECT code FROM return_state EXCEPT SELECT code FROM reached;
WITH RECURSIVE reached AS (SELECT 'offered'::text COLLATE "C" AS code UNION SELECT t.to_state::text FROM reached JOIN ticket_transition AS t ON t.from_state = reached.code) SELECT code FROM ticket_state EXCEPT SELECT code FROM reached;

\echo '# Ids made here have the form of all ids, and do not repeat.'
SELECT count(DISTINCT id) AS ids, bool_and(id ~ '^evt_[0-9a-hjkmnp-tv-z]{26}$') AS formed FROM (SELECT new_id('evt') AS id FROM generate_series(1, 1000)) AS made;
SELECT count(DISTINCT substr(id, 17, 1)) AS digits FROM (SELECT new_id('evt') AS id FROM generate_series(1, 1000)) AS made;

\echo '# A problem carries its code and its detail.'
SELECT problem('STALE', '7');
SELECT problem('FORBIDDEN');

\echo '# Every table, column set and constraint of ours has a name we gave it.'
SELECT conrelid::regclass AS "table", conname FROM pg_constraint WHERE connamespace = 'public'::regnamespace AND conrelid <> 0 AND conname ~ '_(check|not_null)[0-9]*$';

\echo '# Every foreign key can be followed backwards by an index, or its table is small.'
SELECT c.conname
  FROM pg_constraint AS c
 WHERE c.contype = 'f'
   AND c.connamespace = 'public'::regnamespace
   AND c.confrelid NOT IN ('return_state'::regclass, 'ticket_state'::regclass, 'return_reason'::regclass)
   AND NOT EXISTS (SELECT FROM pg_index AS i WHERE i.indrelid = c.conrelid AND i.indkey[0] = c.conkey[1])
 ORDER BY c.conname;
