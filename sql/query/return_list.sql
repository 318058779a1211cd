-- return_list(state text, country text, product_line text, after_1 timestamptz, after_2 text, row_limit bigint)
--
-- Returns, newest first. One branch for each index; the other ends at once.
--
-- keyset: created_at, id
SELECT r.public_id AS id, r.number, r.state, p.public_id AS product, p.model,
       l.code AS product_line, r.serial, r.reason, r.country, r.channel, r.order_number, r.locale,
       r.row_version, r.created_at, r.updated_at
  FROM ((SELECT *
           FROM return
          WHERE $1 IS NULL
            AND ($2 IS NULL OR country = $2)
            AND ($3 IS NULL OR product IN (SELECT p.id
                                           FROM product_line AS l
                                           JOIN product AS p ON p.line = l.id
                                          WHERE l.code = $3))
            AND (created_at, public_id) < (coalesce($4, 'infinity'), coalesce($5, ''))
          ORDER BY created_at DESC, public_id DESC
          LIMIT $6)
         UNION ALL
        (SELECT *
           FROM return
          WHERE $1 IS NOT NULL
            AND state = $1
            AND ($2 IS NULL OR country = $2)
            AND ($3 IS NULL OR product IN (SELECT p.id
                                           FROM product_line AS l
                                           JOIN product AS p ON p.line = l.id
                                          WHERE l.code = $3))
            AND (created_at, public_id) < (coalesce($4, 'infinity'), coalesce($5, ''))
          ORDER BY created_at DESC, public_id DESC
          LIMIT $6)) AS r
  JOIN product AS p ON p.id = r.product
  JOIN product_line AS l ON l.id = p.line
 ORDER BY r.created_at DESC, r.public_id DESC
 LIMIT $6
