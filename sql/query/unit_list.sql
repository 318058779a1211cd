-- unit_list(serial text, product_id text, after_serial text, after_id text, row_limit bigint)
--
-- Machines in the registry, by serial.
-- keyset: serial, id
SELECT u.public_id AS id, p.public_id AS product, p.model, u.serial, u.lot, u.made_on,
       u.shipped_on, u.country, u.channel
  FROM unit AS u
  JOIN product AS p ON p.id = u.product
 WHERE (u.serial, u.public_id) > (coalesce($3, ''), coalesce($4, ''))
   AND ($1::text IS NULL OR u.serial = $1)
   AND ($2::text IS NULL OR p.public_id = $2)
 ORDER BY u.serial, u.public_id
 LIMIT $5
