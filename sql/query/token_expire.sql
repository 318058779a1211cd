-- token_expire()
--
-- Forgets tokens that have ended, ten thousand at a time so that it never holds
-- a lock for long.
--
-- lane: write
DELETE FROM token
 WHERE hash = ANY (ARRAY(SELECT hash
                           FROM token
                          WHERE expires_at < now()
                          ORDER BY expires_at
                          LIMIT 10000))
