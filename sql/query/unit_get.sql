-- unit_get(id text)
--
-- One machine of the registry.
SELECT u.public_id AS id, p.public_id AS product, p.model, u.serial, u.lot, u.made_on,
       u.shipped_on, u.country, u.channel
  FROM unit AS u
  JOIN product AS p ON p.id = u.product
 WHERE u.public_id = $1
