-- line_rate_list(from_month date, to_month date)
--
-- Units sold and returned of every line in the months from `from_month` to
-- before `to_month`, with the costs of today. "IS NOT FALSE" keeps the planner
-- from taking the months for few and walking the whole rollup by its index,
-- which takes longer.
--
-- lane: slow
SELECT l.public_id AS id, l.code, l.name,
       coalesce(s.sold, 0) AS sold,
       coalesce(s.returned, 0) AS returned,
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
  LEFT JOIN (SELECT line, sum(sold)::bigint AS sold, sum(returned)::bigint AS returned
               FROM rate_month
              WHERE (month >= $1) IS NOT FALSE
                AND (month < $2) IS NOT FALSE
              GROUP BY line) AS s ON s.line = l.id
  LEFT JOIN LATERAL (SELECT *
                       FROM line_cost
                      WHERE line = l.id
                        AND valid_from <= current_date
                      ORDER BY valid_from DESC
                      LIMIT 1) AS c ON true
 ORDER BY l.code
