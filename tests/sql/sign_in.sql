-- One failure after the other, as soon as each is let in: the delays they begin, in seconds.
CREATE FUNCTION pg_temp.delays(who bytea, tries integer) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
    delays text := '';
BEGIN
    FOR n IN 1 .. tries LOOP
        UPDATE sign_in_failure SET next_at = clock_timestamp() WHERE hash = who;
        IF sign_in_claim(who, 10) <> 0 THEN
            RETURN 'refused';
        END IF;
        delays := delays || (SELECT ' ' || round(extract(epoch FROM next_at - clock_timestamp()))
                               FROM sign_in_failure WHERE hash = who);
    END LOOP;
    RETURN delays;
END
$$;

\echo '# Ten failures in a row are free.'
EXECUTE sign_in_claim(sha256('ada@'), 10);
SELECT array_agg(sign_in_claim(sha256('ada@'), 10)) AS wait_s FROM generate_series(2, 10);
SELECT failures, next_at <= clock_timestamp() AS free FROM sign_in_failure;

\echo '# Each further one doubles a delay, from one second to a minute, and stays there.'
SELECT pg_temp.delays(sha256('ada@'), 9) AS delays;
UPDATE sign_in_failure SET failures = 2000000000;
SELECT pg_temp.delays(sha256('ada@'), 2) AS delays;

\echo '# While a delay runs nobody is let in, the wait is told, and nothing is counted or put off.'
SELECT next_at AS until FROM sign_in_failure \gset
SELECT array_agg(sign_in_claim(sha256('ada@'), 10) BETWEEN 50 AND 60) AS told FROM generate_series(1, 3);
SELECT failures, next_at = :'until' AS as_before FROM sign_in_failure;

\echo '# The wait that is told is never too short.'
UPDATE sign_in_failure SET next_at = clock_timestamp() + interval '20.1 seconds';
SELECT sign_in_claim(sha256('ada@'), 10) AS wait_s;

\echo '# When it is over one is let in, and only one.'
UPDATE sign_in_failure SET next_at = clock_timestamp();
SELECT array_agg(sign_in_claim(sha256('ada@'), 10) = 0) AS let_in FROM generate_series(1, 3);

\echo '# Another address does not wait.'
EXECUTE sign_in_claim(sha256('luc@'), 10);

\echo '# Signing in forgets the failures, of that address only; a session that is not opened forgets none.'
UPDATE account SET active = false WHERE id = :luc;
EXECUTE session_open(:luc, sha256('luc'), 'nothing, he is switched off', sha256('luc@'));
EXECUTE session_open(:ada, sha256('ada'), 'ada''s token', sha256('ada@'));
SELECT hash = sha256('luc@') AS luc FROM sign_in_failure;
SELECT pg_temp.delays(sha256('ada@'), 11) AS delays;

\echo '# Failures are forgotten after a day, and no sooner.'
UPDATE sign_in_failure SET next_at = now() - interval '23 hours';
UPDATE sign_in_failure SET next_at = now() - interval '25 hours' WHERE hash = sha256('ada@');
EXECUTE sign_in_expire;
SELECT hash = sha256('luc@') AS luc FROM sign_in_failure;

\echo '# What is counted under is a hash, nothing that could be read.'
EXECUTE sign_in_claim('ada@test.example', 10);
