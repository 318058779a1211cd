-- import_map_close(id text)
--
-- Removes a saved mapping; jobs that were asked for with it have their copy.
--
-- lane: write
DELETE FROM import_map WHERE public_id = $1 RETURNING public_id AS id
