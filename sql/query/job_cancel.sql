-- job_cancel(id text)
--
-- Ends a job that waits; asks one that runs to end. One that is over stays as it is.
--
-- lane: write
   UPDATE job
      SET state = CASE state WHEN 'queued' THEN 'cancelled' ELSE state END,
          finished_at = CASE state WHEN 'queued' THEN now() ELSE finished_at END,
          cancel_asked = cancel_asked OR state IN ('queued', 'running'),
          row_version = row_version + 1
    WHERE public_id = $1
RETURNING public_id AS id
