-- import_map_list(after_1 text, after_2 text, row_limit bigint)
--
-- Saved mappings by name.
--
-- keyset: name, id
SELECT public_id AS id, name, body, created_at
  FROM import_map
 WHERE (name, public_id) > (coalesce($1, ''), coalesce($2, ''))
 ORDER BY name, public_id
 LIMIT $3
