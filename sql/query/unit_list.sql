-- unit_list(serial text, product_id text, after_1 text, after_2 text, row_limit bigint)
--
-- Machines of the registry, by serial. One branch for each index; the other ends
-- at once. A serial is asked for as a range, so that its index serves both ways.
--
-- keyset: serial, id
SELECT u.public_id AS id, p.public_id AS product, p.model, u.serial, u.lot, u.made_on,
       u.shipped_on, u.country, u.channel
  FROM ((SELECT *
           FROM unit
          WHERE $2 IS NULL
            AND serial BETWEEN coalesce($1, '') AND coalesce($1, '~')
            AND (serial, public_id) > (coalesce($3, ''), coalesce($4, ''))
          ORDER BY serial, public_id
          LIMIT $5)
         UNION ALL
        (SELECT *
           FROM unit
          WHERE product = (SELECT id FROM product WHERE public_id = $2)
            AND serial BETWEEN coalesce($1, '') AND coalesce($1, '~')
            AND (serial, public_id) > (coalesce($3, ''), coalesce($4, ''))
          ORDER BY serial, public_id
          LIMIT $5)) AS u
  JOIN product AS p ON p.id = u.product
 ORDER BY u.serial, u.public_id
 LIMIT $5
