-- The same as day_count() of the units whose serial number lies in a range of serial_range(). They
-- are those of the registry whose day of shipment is known, and what was filed here with their
-- serial: no rollup, and no marketplace, knows serials. The place is the unit's.
CREATE OR REPLACE FUNCTION serial_count(line bigint, only_country text, only_channel text, only_lot text, only_product bigint,
                                        serials text[])
RETURNS TABLE (product bigint, country text, channel text, lot text, ship_day date, age_day integer, class text,
               reason text, units bigint, money_minor bigint)
LANGUAGE plpgsql STABLE
AS $$
#variable_conflict use_column
BEGIN
    RETURN QUERY
    WITH chosen AS MATERIALIZED (
        SELECT u.id, u.product, s.country, s.channel, s.lot, u.shipped_on
          FROM product AS p
          JOIN unit AS u ON u.product = p.id,
               LATERAL (SELECT coalesce(u.country, 'ZZ')::text AS country, coalesce(u.channel, 'direct')::text AS channel,
                               coalesce(u.lot, '') AS lot) AS s
         WHERE p.line = $1 AND p.id = coalesce($5, p.id) AND u.shipped_on IS NOT NULL
           AND (length(u.serial), u.serial) >= (length($6[1]), $6[1])
           AND (length(u.serial), u.serial) <= (length($6[2]), $6[2])
           AND s.country = coalesce($2, s.country) AND s.channel = coalesce($3, s.channel) AND s.lot = coalesce($4, s.lot)
    )
    SELECT c.product, c.country, c.channel, c.lot, c.shipped_on, NULL::integer, NULL::text, NULL::text, count(*), 0::bigint
      FROM chosen AS c
     GROUP BY 1, 2, 3, 4, 5
     UNION ALL
    SELECT c.product, c.country, c.channel, c.lot, c.shipped_on, e.event_day - c.shipped_on, e.class::text, e.reason::text,
           e.units, e.money_minor
      FROM chosen AS c
      JOIN return AS r ON r.unit = c.id
      JOIN unit_event AS e ON e.return = r.id
     WHERE e.event_day >= c.shipped_on;
END
$$;
