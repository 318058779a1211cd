-- product_list(after_model text, after_id text, row_limit bigint)
--
-- The models a customer can name.
-- keyset: model, id
SELECT p.public_id AS id, p.model, p.name, l.code AS product_line
  FROM product AS p
  JOIN product_line AS l ON l.id = p.line
 WHERE p.listed
   AND (p.model, p.public_id) > (coalesce($1, ''), coalesce($2, ''))
 ORDER BY p.model, p.public_id
 LIMIT $3
