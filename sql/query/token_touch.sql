-- token_touch(hash bytea)
--
-- Notes that a token was used, at most once a minute.
--
-- lane: write
UPDATE token
   SET last_used_at = now()
 WHERE hash = $1
   AND last_used_at < now() - interval '1 minute'
