-- registration_register(id text, product_id text, serial text, buyer_type text, country text, purchased_on date, channel text, order_number text, email text, locale text)
--
-- Registers a machine. It is disputed if somebody has registered it already.
--
-- lane: write
SELECT g.public_id AS id, p.public_id AS product, p.model, g.serial, g.state, g.buyer_type,
       g.country, g.purchased_on, g.channel, g.order_number, g.row_version, g.created_at
  FROM registration_register($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) AS g
  JOIN product AS p ON p.id = g.product
