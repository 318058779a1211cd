-- Takes the oldest job that nobody is at, for this session: it holds a lock on the job until
-- job_finish(), or until its connection ends, whatever happens to its process. So a job that
-- is said to be running and whose lock is free was cut off, and is begun anew; after three times
-- it is given up, for it may be what ends its daemon.
CREATE OR REPLACE FUNCTION job_claim()
RETURNS SETOF job
LANGUAGE plpgsql
AS $$
DECLARE
    waiting bigint;
    taken job;
BEGIN
    FOR waiting IN SELECT id FROM job WHERE state IN ('queued', 'running') ORDER BY id LIMIT 100 LOOP
        CONTINUE WHEN NOT pg_try_advisory_lock(job_lock(waiting));
        SELECT * INTO taken FROM job WHERE id = waiting AND state IN ('queued', 'running') FOR UPDATE;
        IF FOUND AND NOT taken.cancel_asked AND taken.attempts < 3 THEN
            RETURN QUERY
            UPDATE job
               SET state = 'running', attempts = attempts + 1, started_at = now(), step = NULL, processed = 0,
                   rejected = 0, row_version = row_version + 1
             WHERE id = waiting
            RETURNING *;
            RETURN;
        END IF;
        UPDATE job
           SET state = CASE WHEN cancel_asked THEN 'cancelled' ELSE 'failed' END, finished_at = now(),
               problem = CASE WHEN NOT cancel_asked THEN 'It was cut off three times, and is not tried again.' END,
               row_version = row_version + 1
         WHERE id = waiting AND state IN ('queued', 'running');
        PERFORM pg_advisory_unlock(job_lock(waiting));
    END LOOP;
END
$$;
