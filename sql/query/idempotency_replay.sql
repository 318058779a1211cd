-- idempotency_replay(scope text, key text)
--
-- The answer that was given. It writes, so that its commit waits for a standby
-- as that of the answer did: what only reads may tell of a row that a fail-over
-- takes back.
--
-- lane: write
   UPDATE idempotency
      SET replays = replays + 1
    WHERE scope = $1
      AND key = $2
RETURNING status, location, etag, sealed_body
