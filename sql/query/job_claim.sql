-- job_claim()
--
-- The oldest job that nobody is at, now taken by this session; no row if there is none.
--
-- lane: write
SELECT id AS key, public_id AS id, kind, created_by, upload, file_name, options, map, total FROM job_claim()
