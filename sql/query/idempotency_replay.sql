-- idempotency_replay(scope text, key text)
--
-- The answer given before. It is a write, so that a commit that waits for a
-- standby is waited for here too.
-- lane: write
UPDATE idempotency SET replays = replays + 1
 WHERE scope = $1 AND key = $2
RETURNING status, location, etag, sealed_body
