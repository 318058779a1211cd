-- line_rate_split(line text, split_by text, from_month date, to_month date)
--
-- Units sold and returned of one line, by country, month, channel or product.
--
-- lane: slow
WITH chosen AS MATERIALIZED (
    SELECT found(max(id)) AS id FROM product_line WHERE public_id = $1
), counted AS (
    SELECT CASE $2 WHEN 'country' THEN m.country
                   WHEN 'channel' THEN m.channel
                   ELSE to_char(m.month, 'YYYY-MM') END AS key,
           m.sold, m.returned
      FROM rate_month AS m
     WHERE m.line = (SELECT id FROM chosen)
       AND m.month >= coalesce($3, '-infinity')
       AND m.month < coalesce($4, 'infinity')
       AND $2 <> 'product'
     UNION ALL
    SELECT p.model, d.sold, d.returned
      FROM (SELECT line, product, month, shipped AS sold, 0 AS returned
              FROM product_cohort
             UNION ALL
            SELECT line, product, event_month, 0, returned
              FROM product_return
             WHERE class IN (SELECT code FROM event_class WHERE gross)
             UNION ALL
            SELECT line, product, event_month, 0, returned
              FROM uncovered_return
             WHERE class IN (SELECT code FROM event_class WHERE gross)) AS d
      JOIN product AS p ON p.id = d.product
     WHERE d.line = (SELECT id FROM chosen)
       AND d.month >= coalesce($3, '-infinity')
       AND d.month < coalesce($4, 'infinity')
       AND $2 = 'product'
)
SELECT key, sum(sold)::bigint AS sold, sum(returned)::bigint AS returned
  FROM counted
 GROUP BY key
 ORDER BY key
