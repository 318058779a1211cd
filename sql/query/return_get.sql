-- return_get(viewer_role text, viewer bigint, id text)
--
-- One return. No row: not the viewer's.
SELECT r.public_id AS id, r.number, r.state, r.product_id AS product, r.model,
       r.line_code AS product_line, r.serial, r.reason, r.description, r.country, r.channel,
       r.order_number, r.name, r.email, r.phone, r.locale, r.newest_ticket AS ticket,
       r.row_version, r.created_at, r.updated_at
  FROM return AS r
 WHERE r.public_id = $3
   AND ($1 IN ('agent', 'manager', 'admin') OR $1 = 'customer' AND r.id = $2)
