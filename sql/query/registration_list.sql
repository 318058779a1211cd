-- registration_list(state text, after_created_at timestamptz, after_id text, row_limit bigint)
--
-- Registrations, newest first.
-- keyset: created_at, id
SELECT r.public_id AS id, p.public_id AS product, p.model, r.serial, r.state, r.buyer_type,
       r.country, r.purchased_on, r.channel, r.order_number, r.email, r.row_version, r.created_at
  FROM registration AS r
  JOIN product AS p ON p.id = r.product
 WHERE (r.created_at, r.public_id) < (coalesce($2, 'infinity'), coalesce($3, '~'))
   AND ($1::text IS NULL OR r.state = $1)
 ORDER BY r.created_at DESC, r.public_id DESC
 LIMIT $4
