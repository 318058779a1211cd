-- idempotency_store(scope text, key text, fingerprint bytea, status integer, location text, etag text, sealed_body bytea)
--
-- Keeps an answer, in the transaction of its effect.
--
-- lane: write
INSERT INTO idempotency (scope, key, fingerprint, status, location, etag, sealed_body)
VALUES ($1, $2, $3, $4, $5, $6, $7)
