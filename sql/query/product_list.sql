-- product_list(after_1 text, after_2 text, row_limit bigint)
--
-- The models that are offered to customers, by model.
--
-- keyset: model, id
SELECT p.public_id AS id, p.model, p.name, l.code AS product_line
  FROM product AS p
  JOIN product_line AS l ON l.id = p.line
 WHERE p.listed
   AND (p.model, p.public_id) > (coalesce($1, ''), coalesce($2, ''))
 ORDER BY p.model, p.public_id
 LIMIT $3
