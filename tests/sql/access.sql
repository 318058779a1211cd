\echo '# An account is found by its address, with the hash of its password; one that is switched off is not.'
EXECUTE account_by_email('rhein@test.example');
EXECUTE account_by_email('nobody@test.example');
UPDATE account SET active = false WHERE id = :luc;
EXECUTE account_by_email('loire@test.example');

\echo '# Nobody of a partner that is switched off can sign in.'
UPDATE partner SET active = false WHERE id = :rhein;
EXECUTE account_by_email('rhein@test.example');
UPDATE partner SET active = true WHERE id = :rhein;

\echo '# A session answers with the token, role and name, and lasts 12 hours.'
EXECUTE session_open(:ada, sha256('ada'), 'ada''s token', sha256('ada@'));
SELECT expires_at - created_at AS life FROM token WHERE account = :ada;
EXECUTE session_open(:luc, sha256('luc'), 'nothing, he is switched off', sha256('luc@'));
EXECUTE session_open(:rita, sha256('rita'), 'rita''s token', sha256('rita@'));

\echo '# A token tells who comes with it.'
PREPARE who AS SELECT t.account = a.id AS known, a.name FROM token AS t JOIN account AS a ON a.id = t.account ORDER BY a.name;
EXECUTE who;
SELECT pg_temp.filed(1, 'DE') AS one \gset
EXECUTE me_get(sha256('ada'));
EXECUTE me_get(sha256('rita'));
EXECUTE me_get(sha256('token 1'));
EXECUTE me_get(sha256('nobody'));

\echo '# Idle partners stay for 8 hours, idle staff for half an hour, customers for the life of the link.'
UPDATE token SET last_used_at = now() - interval '29 minutes';
SELECT 'staff, 29 minutes' AS idle;
EXECUTE token_lookup(sha256('ada'));
UPDATE token SET last_used_at = now() - interval '31 minutes';
SELECT 'staff, 31 minutes' AS idle;
EXECUTE token_lookup(sha256('ada'));
SELECT 'partner, 31 minutes' AS idle;
EXECUTE token_lookup(sha256('rita'));
UPDATE token SET last_used_at = now() - interval '481 minutes';
SELECT 'partner, 481 minutes' AS idle;
EXECUTE token_lookup(sha256('rita'));
SELECT 'customer, 481 minutes' AS idle;
EXECUTE token_lookup(sha256('token 1'));

\echo '# Use is noted, but at most once a minute.'
EXECUTE token_touch(sha256('ada'));
SELECT last_used_at = now() AS touched FROM token WHERE account = :ada;
UPDATE token SET last_used_at = now() - interval '50 seconds' WHERE account = :ada;
EXECUTE token_touch(sha256('ada'));
SELECT last_used_at = now() AS touched FROM token WHERE account = :ada;

\echo '# A token that has ended opens nothing and is forgotten; the others stay.'
UPDATE token SET expires_at = now() - interval '1 second', last_used_at = now() WHERE account = :rita;
EXECUTE token_lookup(sha256('rita'));
EXECUTE token_expire;
SELECT a.name, t.return = :one AS return FROM token AS t LEFT JOIN account AS a ON a.id = t.account ORDER BY a.name;

\echo '# Signing out ends the session; a customer''s link cannot be signed out, nor anything twice.'
EXECUTE session_close(sha256('ada'));
EXECUTE session_close(sha256('ada'));
EXECUTE session_close(sha256('token 1'));

\echo '# Who is switched off, or gets another role or password, is signed out everywhere.'
UPDATE account SET active = true WHERE id = :luc;
EXECUTE session_open(:luc, sha256('luc'), 't', sha256('luc@'));
UPDATE account SET name = 'Lucien' WHERE id = :luc;
SELECT count(*) AS sessions FROM token WHERE account = :luc;
UPDATE account SET password_hash = 'another' WHERE id = :luc;
SELECT count(*) AS sessions FROM token WHERE account = :luc;

\echo '# An account has a partner if and only if it is of one.'
UPDATE account SET partner = NULL WHERE id = :rita;
UPDATE account SET partner = :rhein WHERE id = :ada;

\echo '# The newest migration is known by its number.'
EXECUTE schema_version;
