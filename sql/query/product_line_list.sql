-- product_line_list(after_1 text, after_2 text, row_limit bigint)
--
-- Product lines by code, with the costs of today.
--
-- keyset: code, id
SELECT l.public_id AS id, l.code, l.name,
       c.valid_from AS "cost.valid_from",
       c.currency AS "cost.currency",
       c.price_minor AS "cost.price_minor",
       c.cogs_minor AS "cost.cogs_minor",
       c.outbound_minor AS "cost.outbound_minor",
       c.fees_minor AS "cost.fees_minor",
       c.inbound_minor AS "cost.inbound_minor",
       c.inspect_minor AS "cost.inspect_minor",
       c.repair_minor AS "cost.repair_minor",
       c.recovery_minor AS "cost.recovery_minor"
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
