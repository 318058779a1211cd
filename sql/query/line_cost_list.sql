-- line_cost_list(line text, after_1 date, after_2 text, row_limit bigint)
--
-- What a unit of a line earned and cost over time, the newest first, those of
-- days to come among them.
--
-- keyset: valid_from, line
SELECT l.public_id AS line, c.valid_from, c.currency, c.price_minor, c.cogs_minor, c.outbound_minor, c.fees_minor,
       c.inbound_minor, c.inspect_minor, c.repair_minor, c.recovery_minor, c.advertising_minor, c.fees_kept_minor,
       c.disposal_minor, c.claims_per_unit, c.claim_cost_minor, c.margin_low_minor, c.margin_high_minor,
       c.loss_low_minor, c.loss_high_minor, a.name AS entered_by, c.entered_at
  FROM line_cost AS c
  JOIN product_line AS l ON l.id = c.line
  LEFT JOIN account AS a ON a.id = c.entered_by
 WHERE c.line = (SELECT found(max(id)) FROM product_line WHERE public_id = $1)
   AND (c.valid_from, l.public_id) < (coalesce($2, 'infinity'), coalesce($3, ''))
 ORDER BY c.valid_from DESC, l.public_id DESC
 LIMIT $4
