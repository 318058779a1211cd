-- Takes a try to sign in, or tells how many seconds there are to wait: 0 is a try.
-- It counts as failed from here on, before the password is looked at, so tries
-- at the same moment cannot all slip in before the first has failed. After
-- `allowed` failures in a row every further one doubles a delay, up to a minute:
-- too slow for a guesser, and when a stranger stops, the owner waits no longer
-- than that. While he goes on, they compete for one try a minute.
-- A refused try changes nothing. The clock is read when the row is locked: the
-- one before may have moved next_at since this transaction began.
CREATE OR REPLACE FUNCTION sign_in_claim(hash bytea, allowed integer)
RETURNS integer
LANGUAGE plpgsql
AS $$
BEGIN
    INSERT INTO sign_in_failure AS f (hash, failures, next_at)
    VALUES (sign_in_claim.hash, 1, clock_timestamp())
        ON CONFLICT ON CONSTRAINT sign_in_failure_pkey DO UPDATE
       SET failures = f.failures + 1,
           next_at = clock_timestamp() + interval '1 second'
                     * CASE WHEN f.failures < allowed THEN 0
                            ELSE least(60, 2 ^ least(f.failures - allowed, 6))
                       END
     WHERE f.next_at <= clock_timestamp();
    IF FOUND THEN
        RETURN 0;
    END IF;
    -- Still locked by the statement above, so it is there.
    RETURN (SELECT greatest(1, ceil(extract(epoch FROM f.next_at - clock_timestamp())))
              FROM sign_in_failure AS f
             WHERE f.hash = sign_in_claim.hash);
END
$$;
