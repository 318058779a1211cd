-- job_list(after_1 timestamptz, after_2 text, row_limit bigint)
--
-- Jobs, newest first, without their results.
--
-- keyset: created_at, id
SELECT public_id AS id, kind, state, step, processed AS "progress.processed", total AS "progress.total",
       file_name, attempts, rejected, cancel_asked, problem, row_version, created_at, started_at, finished_at
  FROM job
 WHERE (created_at, public_id) < (coalesce($1, 'infinity'), coalesce($2, ''))
 ORDER BY created_at DESC, public_id DESC
 LIMIT $3
