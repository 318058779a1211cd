-- upload_begin(account bigint, quota_bytes bigint)
--
-- Whether an account may send a file in: not more than so many bytes an hour.
WITH sent AS (
    SELECT coalesce(sum(total), 0) AS bytes
      FROM job
     WHERE created_by = $1
       AND created_at > now() - interval '1 hour'
)
SELECT bytes
  FROM sent
 WHERE bytes < $2 OR problem('QUOTA_EXCEEDED', 'upload')
