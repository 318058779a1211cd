-- line_rate_split(line text, split_by text, from_month date, to_month date)
--
-- Units sold and returned of one line, by country, month, channel or product.
-- The rollup does not know products: those are counted in the sales files alone.
--
-- lane: slow
WITH chosen AS MATERIALIZED (
    SELECT found(max(id)) AS id FROM product_line WHERE public_id = $1
), counted AS (
    SELECT CASE $2 WHEN 'country' THEN m.country
                   WHEN 'channel' THEN m.channel
                   ELSE to_char(m.month, 'YYYY-MM') END AS key,
           m.sold, m.returned
      FROM (SELECT line, month, country, channel, sold, returned FROM rate_month
             UNION ALL
            SELECT line, month, country, channel, sold, returned FROM rate_delta) AS m
     WHERE m.line = (SELECT id FROM chosen)
       AND m.month >= coalesce($3, '-infinity')
       AND m.month < coalesce($4, 'infinity')
       AND $2 <> 'product'
     UNION ALL
    SELECT p.model, d.sold, d.returned
      FROM product AS p
      JOIN sales_day AS d ON d.product = p.id
     WHERE p.line = (SELECT id FROM chosen)
       AND d.day >= coalesce($3, '-infinity')
       AND d.day < coalesce($4, 'infinity')
       AND $2 = 'product'
)
SELECT key, sum(sold)::bigint AS sold, sum(returned)::bigint AS returned
  FROM counted
 GROUP BY key
 ORDER BY key
