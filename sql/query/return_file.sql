-- return_file(id text, number text, event_id text, token text, token_hash bytea, product_id text, serial text, reason text, description text, country text, channel text, order_number text, name text, email text, phone text, locale text)
--
-- Files a return. The token goes out with the answer; only its hash is kept.
--
-- lane: write
SELECT r.public_id AS id, r.number, r.state, r.product_id AS product, r.model, r.serial, r.reason,
       r.description, r.country, r.row_version, r.created_at, $4 AS token
  FROM return_file($1, $2, $3, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16) AS r
