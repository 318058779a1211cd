-- sign_in_expire()
--
-- Forgets failed sign-ins after a day, ten thousand at a time so that it never
-- holds a lock for long.
--
-- lane: write
DELETE FROM sign_in_failure
 WHERE next_at < now() - interval '1 day'
   AND hash = ANY (ARRAY(SELECT hash
                           FROM sign_in_failure
                          WHERE next_at < now() - interval '1 day'
                          ORDER BY next_at
                          LIMIT 10000))
