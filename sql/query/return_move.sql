-- return_move(viewer_role text, viewer bigint, actor bigint, return_id text, version bigint, state text, note text, event_id text)
--
-- Moves a return to another state. No row: not the viewer's.
--
-- lane: write
SELECT r.public_id AS id, r.number, r.state, r.product_id AS product, r.model,
       r.line_code AS product_line, r.serial, r.reason, r.description, r.country, r.channel,
       r.order_number, r.name, r.email, r.phone, r.locale, r.newest_ticket AS ticket,
       r.row_version, r.created_at, r.updated_at
  FROM return_move($1, $2, $3, $4, $5, $6, $7, $8) AS r
