-- Takes the key of a request for this transaction. A twin under way, or an
-- answer that is kept, ends the transaction with a problem: for the latter the
-- daemon then reads the answer.
CREATE OR REPLACE FUNCTION idempotency_claim(scope text, key text, fingerprint bytea) RETURNS boolean
LANGUAGE plpgsql AS $$
DECLARE
    kept bytea;
BEGIN
    IF NOT pg_try_advisory_xact_lock(hashtextextended(scope || ' ' || key, 0)) THEN
        PERFORM problem('IDEMPOTENCY_IN_PROGRESS');
    END IF;
    SELECT i.fingerprint INTO kept
      FROM idempotency AS i
     WHERE i.scope = idempotency_claim.scope AND i.key = idempotency_claim.key;
    IF kept = fingerprint THEN
        PERFORM problem('IDEMPOTENCY_REPLAY');
    ELSIF kept IS NOT NULL THEN
        PERFORM problem('IDEMPOTENCY_MISMATCH');
    END IF;
    RETURN true;
END
$$;
