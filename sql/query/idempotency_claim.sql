-- idempotency_claim(scope text, key text, fingerprint bytea)
--
-- Takes a key for this transaction, or raises why it cannot be had.
-- lane: write
SELECT idempotency_claim($1, $2, $3) AS claimed
