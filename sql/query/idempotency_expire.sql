-- idempotency_expire(hours integer)
--
-- Forgets answers older than `hours`, ten thousand at a time so that it never
-- holds a lock for long.
--
-- lane: write
DELETE FROM idempotency
 WHERE ctid = ANY (ARRAY(SELECT ctid
                           FROM idempotency
                          WHERE created_at < now() - make_interval(hours => $1)
                          ORDER BY created_at
                          LIMIT 10000))
