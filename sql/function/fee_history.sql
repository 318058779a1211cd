-- What line_history_list tells for the marketplace's fee: units of a month, through the
-- channels that the line's rule is about, and those that were back in that month or the two
-- after it.
CREATE OR REPLACE FUNCTION fee_history(line bigint, country text, channel text, as_of date, since date)
RETURNS TABLE (line bigint, month date, shipped bigint, returned bigint)
LANGUAGE sql STABLE
AS $$
    WITH rule AS (
        SELECT f.channel
          FROM product_line AS l JOIN fee_rule AS f ON f.category = l.fee_category
         WHERE l.id = $1
    ), unit AS (
        SELECT c.month, c.country, c.channel, c.shipped, 0::bigint AS returned
          FROM cohort AS c
         WHERE c.line = $1 AND c.month BETWEEN $5 AND $4
         UNION ALL
        SELECT r.month, r.country, r.channel, 0, r.returned
          FROM cohort_return AS r
          JOIN event_class AS k ON k.code = r.class AND k.gross
         WHERE r.line = $1 AND r.month BETWEEN $5 AND $4
           AND r.event_month <= r.month + interval '2 months'
           AND r.event_month <= $4
    )
    SELECT $1, u.month, sum(u.shipped)::bigint, sum(u.returned)::bigint
      FROM rule AS f
      JOIN unit AS u ON u.channel = f.channel OR u.channel LIKE f.channel || '\_%'
     WHERE u.country = coalesce($2, u.country) AND u.channel = coalesce($3, u.channel)
     GROUP BY u.month
$$;
