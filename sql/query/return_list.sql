-- return_list(state text, country text, product_line text, after_created_at timestamptz, after_id text, row_limit bigint)
--
-- Returns, newest first.
-- keyset: created_at, id
SELECT r.public_id AS id, r.number, r.state, p.public_id AS product, p.model,
       l.code AS product_line, r.serial, r.reason, r.country, r.channel, r.order_number, r.locale,
       r.row_version, r.created_at, r.updated_at
  FROM return AS r
  JOIN product AS p ON p.id = r.product
  JOIN product_line AS l ON l.id = p.line
 WHERE (r.created_at, r.public_id) < (coalesce($4, 'infinity'), coalesce($5, '~'))
   AND ($1::text IS NULL OR r.state = $1)
   AND ($2::text IS NULL OR r.country = $2)
   AND ($3::text IS NULL OR l.code = $3)
 ORDER BY r.created_at DESC, r.public_id DESC
 LIMIT $6
