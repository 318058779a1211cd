-- return_get(viewer_role text, viewer bigint, id text)
--
-- One return.
SELECT r.public_id AS id, r.number, r.state, p.public_id AS product, p.model,
       l.code AS product_line, r.serial, r.reason, r.description, r.country, r.channel,
       r.order_number, r.name, r.email, r.phone, r.locale,
       (SELECT t.public_id FROM ticket AS t WHERE t.return = r.id
         ORDER BY t.created_at DESC, t.id DESC LIMIT 1) AS ticket,
       r.row_version, r.created_at, r.updated_at
  FROM return AS r
  JOIN product AS p ON p.id = r.product
  JOIN product_line AS l ON l.id = p.line
 WHERE r.public_id = $3
   AND CASE $1 WHEN 'customer' THEN r.id = $2 ELSE $1 IN ('agent', 'manager', 'admin') END
