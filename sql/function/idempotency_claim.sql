-- Takes an Idempotency-Key for this transaction, or tells by a problem why not.
-- The lock makes a twin that is still at work visible before it has committed;
-- the row is read after the lock is held, so a twin that has just ended is seen.
-- HT001 never leaves the daemon: it then gives the answer that was kept.
CREATE OR REPLACE FUNCTION idempotency_claim(scope text, key text, fingerprint bytea)
RETURNS void
LANGUAGE plpgsql
AS $$
DECLARE
    known bytea;
BEGIN
    IF NOT pg_try_advisory_xact_lock(hashtextextended(scope || E'\n' || key, 0)) THEN
        PERFORM problem('IDEMPOTENCY_IN_PROGRESS');
    END IF;
    SELECT i.fingerprint
      INTO known
      FROM idempotency AS i
     WHERE i.scope = idempotency_claim.scope
       AND i.key = idempotency_claim.key;
    IF known = fingerprint THEN
        RAISE SQLSTATE 'HT001';
    ELSIF known IS NOT NULL THEN
        PERFORM problem('IDEMPOTENCY_MISMATCH');
    END IF;
END
$$;
