-- sales_import_submit(id text, account bigint, upload text, pieces integer, total bigint, file_name text, options json, map text)
--
-- Makes a job of a file that came in whole; `map` is the name of a saved mapping.
--
-- lane: write
   INSERT INTO job AS j (public_id, kind, created_by, upload, total, file_name, options, map)
   SELECT $1, 'import', $2, $3, $5, $6, $7, (SELECT body FROM import_map WHERE name = $8)
    WHERE (SELECT count(*) FROM upload_piece WHERE upload = $3) = $4
      AND ($8 IS NULL OR EXISTS (SELECT FROM import_map WHERE name = $8) OR problem('UNKNOWN_MAP'))
RETURNING public_id AS id, kind, state, step, processed AS "progress.processed", total AS "progress.total",
          file_name, options, attempts, rejected, cancel_asked, problem, result, row_version, created_at,
          started_at, finished_at
