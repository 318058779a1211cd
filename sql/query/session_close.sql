-- session_close(hash bytea)
--
-- Ends a session, everywhere.
-- lane: write
WITH closed AS (
    DELETE FROM token WHERE hash = $1 RETURNING hash
)
SELECT pg_notify('token_revoked', encode(hash, 'hex')) FROM closed
