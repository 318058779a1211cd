-- registration_get(id text)
--
-- One registration.
SELECT r.public_id AS id, p.public_id AS product, p.model, r.serial, r.state, r.buyer_type,
       r.country, r.purchased_on, r.channel, r.order_number, r.email, r.row_version, r.created_at
  FROM registration AS r
  JOIN product AS p ON p.id = r.product
 WHERE r.public_id = $1
