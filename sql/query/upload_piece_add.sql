-- upload_piece_add(upload text, n integer, bytes bytea)
--
-- Keeps a piece of a file that is coming in.
--
-- lane: write
INSERT INTO upload_piece (upload, n, bytes) VALUES ($1, $2, $3)
