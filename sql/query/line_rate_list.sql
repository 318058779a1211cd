-- line_rate_list(from_month date, to_month date)
--
-- Units sold and returned of every line in the months from `from_month` to
-- before `to_month`, and the costs in force today. Changes that wait to be
-- folded count as well.
-- lane: slow
SELECT l.public_id AS id, l.code, l.name,
       coalesce(c.sold, 0)::bigint AS sold, coalesce(c.returned, 0)::bigint AS returned,
       k.currency AS "cost.currency", k.price_minor AS "cost.price_minor",
       k.cogs_minor AS "cost.cogs_minor", k.outbound_minor AS "cost.outbound_minor",
       k.fees_minor AS "cost.fees_minor", k.inbound_minor AS "cost.inbound_minor",
       k.inspect_minor AS "cost.inspect_minor", k.repair_minor AS "cost.repair_minor",
       k.recovery_minor AS "cost.recovery_minor"
  FROM product_line AS l
  LEFT JOIN (
           SELECT line, sum(sold) AS sold, sum(returned) AS returned
             FROM (SELECT line, month, sold, returned FROM rate_month
                    UNION ALL
                   SELECT line, month, sold, returned FROM rate_delta) AS cell
            WHERE month >= coalesce($1, '1990-01-01') AND month < coalesce($2, '2200-01-01')
            GROUP BY line
       ) AS c ON c.line = l.id
  LEFT JOIN LATERAL (
           SELECT * FROM line_cost AS k
            WHERE k.line = l.id AND k.valid_from <= current_date
            ORDER BY k.valid_from DESC
            LIMIT 1
       ) AS k ON true
 ORDER BY l.code, l.id
