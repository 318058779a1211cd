-- The cells of a line by country, channel, class and reason at once: shipments (class NULL) by month,
-- and events by period of age with the money given back. NULL for a filter asks for all; clocks are
-- as line_cell() has them, and months are those from and until a month.
CREATE OR REPLACE FUNCTION cube_cell(line bigint, only_country text, only_channel text, only_lot text, only_product bigint,
                                     serials text[], shift integer, from_month timestamp, to_month timestamp)
RETURNS TABLE (country text, channel text, month date, period integer, class text, reason text, units bigint,
               money_minor bigint)
LANGUAGE plpgsql STABLE ROWS 20000
AS $$
#variable_conflict use_column
BEGIN
    IF num_nonnulls($4, $5, $6, $7) > 0 THEN
        RETURN QUERY
        SELECT d.country, d.channel, d.month, d.period, d.class, d.reason, d.units, d.money_minor
          FROM shift_count($1, $2, $3, $4, $5, $6, $7) AS d
         WHERE d.month >= $8 AND d.month < $9;
    ELSE
        RETURN QUERY
        SELECT c.country::text, c.channel::text, c.month, NULL::integer, NULL::text, NULL::text, c.shipped, 0::bigint
          FROM cohort AS c
         WHERE c.line = $1 AND c.month >= $8 AND c.month < $9
           AND c.country = coalesce($2, c.country) AND c.channel = coalesce($3, c.channel)
         UNION ALL
        SELECT r.country, r.channel, r.month, r.period, r.class, r.reason, r.returned, r.money_minor
          FROM cohort_return AS r
         WHERE r.line = $1 AND r.month >= $8 AND r.month < $9
           AND r.country = coalesce($2, r.country) AND r.channel = coalesce($3, r.channel);
    END IF;
END
$$;
