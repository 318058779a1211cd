-- import_map_open(id text, account bigint, name text, body json)
--
-- Saves a mapping. A name that is taken violates import_map_name_key.
--
-- lane: write
   INSERT INTO import_map (public_id, created_by, name, body)
   VALUES ($1, $2, $3, $4)
RETURNING public_id AS id, name, body, created_at
