-- The key of the advisory lock that whoever runs a job holds; the high half is arbitrary.
CREATE OR REPLACE FUNCTION job_lock(id bigint)
RETURNS bigint
LANGUAGE sql IMMUTABLE
AS $$
    SELECT 1634104436::bigint << 32 | id & 4294967295
$$;
