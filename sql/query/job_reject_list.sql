-- job_reject_list(id text, after_1 bigint, after_2 text, row_limit bigint)
--
-- Rows that a job could not take, in the order of the file.
--
-- keyset: line, n
WITH chosen AS MATERIALIZED (
    SELECT found(max(id)) AS id FROM job WHERE public_id = $1
)
SELECT r.line, r.n, r."column", r.code, r.detail
  FROM job_reject AS r
 WHERE r.job = (SELECT id FROM chosen)
   AND (r.line, r.n) > (coalesce($2, -1), coalesce($3::bigint, -1))
 ORDER BY r.line, r.n
 LIMIT $4
