-- return_list(state text, country text, product_line text, after_1 timestamptz, after_2 text, row_limit bigint)
--
-- Returns, newest first. With a state, return_list_in_state answers the same sooner.
--
-- keyset: created_at, id
SELECT public_id AS id, number, state, product_id AS product, model, line_code AS product_line,
       serial, reason, country, channel, order_number, locale, row_version, created_at, updated_at
  FROM return
 WHERE ($1 IS NULL OR state = $1)
   AND ($2 IS NULL OR country = $2)
   AND ($3 IS NULL OR line_code = $3)
   AND (created_at, public_id) < (coalesce($4, 'infinity'), coalesce($5, ''))
 ORDER BY created_at DESC, public_id DESC
 LIMIT $6
