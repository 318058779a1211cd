-- partner_open(id text, name text, country text)
--
-- Adds a service partner. A name that is taken violates partner_name_key.
--
-- lane: write
   INSERT INTO partner (public_id, name, country)
   VALUES ($1, $2, $3)
RETURNING public_id AS id, name, country, active, created_at
