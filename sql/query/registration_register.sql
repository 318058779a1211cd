-- registration_register(id text, product_id text, serial text, buyer_type text, country text, purchased_on date, channel text, order_number text, email text, locale text)
--
-- Registers a machine; a second registration of it becomes a dispute.
-- lane: write
SELECT r.public_id AS id, p.public_id AS product, p.model, r.serial, r.state, r.buyer_type,
       r.country, r.purchased_on, r.channel, r.order_number, r.row_version, r.created_at
  FROM registration_register($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) AS registered
  JOIN registration AS r ON r.id = registered
  JOIN product AS p ON p.id = r.product
