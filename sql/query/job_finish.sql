-- job_finish(key bigint, state text, processed bigint, rejected bigint, result json, problem text)
--
-- Tells what came of a job; "queued" puts it back for somebody else. Lets go of it.
--
-- lane: write
   UPDATE job
      SET state = $2, processed = $3, rejected = $4, result = $5, problem = $6, row_version = row_version + 1,
          attempts = attempts - (CASE $2 WHEN 'queued' THEN 1 ELSE 0 END),
          finished_at = CASE WHEN $2 <> 'queued' THEN now() END
    WHERE id = $1
RETURNING pg_advisory_unlock(job_lock(id)) AS unlocked
