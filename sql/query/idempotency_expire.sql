-- idempotency_expire(hours integer)
--
-- Forgets answers older than so many hours.
-- lane: write
DELETE FROM idempotency WHERE created_at < now() - make_interval(hours => $1)
