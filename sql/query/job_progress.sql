-- job_progress(key bigint, step text, processed bigint, rejected bigint)
--
-- Tells how far a job is; the answer tells whether somebody asked to end it.
--
-- lane: write
   UPDATE job
      SET step = $2, processed = $3, rejected = $4, row_version = row_version + 1
    WHERE id = $1
RETURNING cancel_asked
