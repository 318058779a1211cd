-- sales_import_list(after_1 timestamptz, after_2 text, row_limit bigint)
--
-- Accepted sales files, newest first.
--
-- keyset: created_at, id
SELECT public_id AS id, file_name, rows_read, rows_sold, rows_returned, rows_skipped, units_sold,
       units_returned, created_at
  FROM sales_import
 WHERE (created_at, public_id) < (coalesce($1, 'infinity'), coalesce($2, ''))
 ORDER BY created_at DESC, public_id DESC
 LIMIT $3
