-- job_reject_clear(key bigint)
--
-- Forgets what an earlier attempt at a job rejected.
--
-- lane: write
DELETE FROM job_reject WHERE job = $1
