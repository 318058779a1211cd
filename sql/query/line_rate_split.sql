-- line_rate_split(id text, split_by text, from_month date, to_month date)
--
-- Units sold and returned of one line, by country, month, channel or product.
-- Products are counted from the days of imported files.
-- lane: slow
WITH chosen AS MATERIALIZED (
    SELECT id FROM product_line WHERE public_id = $1
), cell AS (
    SELECT CASE $2 WHEN 'country' THEN m.country
                   WHEN 'channel' THEN m.channel
                   ELSE to_char(m.month, 'YYYY-MM') END AS key, m.sold, m.returned
      FROM (SELECT line, month, country, channel, sold, returned FROM rate_month
             UNION ALL
            SELECT line, month, country, channel, sold, returned FROM rate_delta) AS m
     WHERE m.line = (SELECT id FROM chosen) AND $2 <> 'product'
       AND m.month >= coalesce($3, '1990-01-01') AND m.month < coalesce($4, '2200-01-01')
     UNION ALL
    SELECT p.model, d.sold, d.returned
      FROM product AS p
      JOIN sales_day AS d ON d.product = p.id
     WHERE p.line = (SELECT id FROM chosen) AND $2 = 'product'
       AND d.day >= coalesce($3, '1990-01-01') AND d.day < coalesce($4, '2200-01-01')
)
SELECT key, sum(sold)::bigint AS sold, sum(returned)::bigint AS returned
  FROM cell
 WHERE EXISTS (SELECT FROM chosen) OR problem('NOT_FOUND')
 GROUP BY key
 ORDER BY key
