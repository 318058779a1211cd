-- idempotency_claim(scope text, key text, fingerprint bytea)
--
-- Takes an Idempotency-Key for this transaction; runs before the effect.
--
-- lane: write
SELECT idempotency_claim($1, $2, $3) AS claimed
