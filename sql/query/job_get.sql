-- job_get(id text)
--
-- One job: how far it is, or what came of it.
SELECT public_id AS id, kind, state, step, processed AS "progress.processed", total AS "progress.total",
       file_name, options, attempts, rejected, cancel_asked, problem, result, row_version, created_at,
       started_at, finished_at
  FROM job
 WHERE public_id = $1
