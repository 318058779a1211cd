-- registration_get(id text)
--
-- One registration.
SELECT g.public_id AS id, p.public_id AS product, p.model, g.serial, g.state, g.buyer_type,
       g.country, g.purchased_on, g.channel, g.order_number, g.email, g.row_version, g.created_at
  FROM registration AS g
  JOIN product AS p ON p.id = g.product
 WHERE g.public_id = $1
