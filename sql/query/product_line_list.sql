-- product_line_list(after_1 text, after_2 text, row_limit bigint)
--
-- Product lines by code, with the costs of today.
--
-- keyset: code, id
SELECT l.public_id AS id, l.code, l.name, l.family, l.fee_category,
       c.valid_from AS "cost.valid_from",
       c.currency AS "cost.currency",
       c.price_minor AS "cost.price_minor",
       c.cogs_minor AS "cost.cogs_minor",
       c.outbound_minor AS "cost.outbound_minor",
       c.fees_minor AS "cost.fees_minor",
       c.inbound_minor AS "cost.inbound_minor",
       c.inspect_minor AS "cost.inspect_minor",
       c.repair_minor AS "cost.repair_minor",
       c.recovery_minor AS "cost.recovery_minor",
       c.advertising_minor AS "cost.advertising_minor",
       c.fees_kept_minor AS "cost.fees_kept_minor",
       c.disposal_minor AS "cost.disposal_minor",
       c.claims_per_unit AS "cost.claims_per_unit",
       c.claim_cost_minor AS "cost.claim_cost_minor",
       c.margin_low_minor AS "cost.margin_low_minor",
       c.margin_high_minor AS "cost.margin_high_minor",
       c.loss_low_minor AS "cost.loss_low_minor",
       c.loss_high_minor AS "cost.loss_high_minor"
  FROM product_line AS l
  LEFT JOIN LATERAL (SELECT *
                       FROM line_cost
                      WHERE line = l.id
                        AND valid_from <= current_date
                      ORDER BY valid_from DESC
                      LIMIT 1) AS c ON true
 WHERE (l.code, l.public_id) > (coalesce($1, ''), coalesce($2, ''))
 ORDER BY l.code, l.public_id
 LIMIT $3
