-- Events of a line with their reason, as the source tells it, '' if it does not, by month of
-- shipment and month of the event, with the money given back. NULL for a filter asks for all. By
-- class reasons are left out, and the smaller rollup without them is read where it knows the filters.
CREATE OR REPLACE FUNCTION reason_cell(dimension text, line bigint, country text, channel text, lot text, product bigint,
                                       serials text[], shift integer)
RETURNS TABLE (reason text, month date, event_month date, class text, units bigint, money_minor bigint)
LANGUAGE plpgsql STABLE ROWS 20000
AS $$
#variable_conflict use_column
BEGIN
    IF num_nonnulls($5, $6, $7, $8) > 0 THEN
        RETURN QUERY
        SELECT d.reason, d.month, d.event_month, d.class, d.units, d.money_minor
          FROM shift_count($2, $3, $4, $5, $6, $7, $8) AS d
         WHERE d.class IS NOT NULL;
    ELSIF $1 = 'class' AND num_nonnulls($3, $4) = 0 THEN
        RETURN QUERY
        SELECT '', r.month, r.event_month, r.class::text, r.returned, r.money_minor FROM line_return AS r WHERE r.line = $2;
    ELSE
        RETURN QUERY
        SELECT r.reason::text, r.month, r.event_month, r.class::text, r.returned, r.money_minor
          FROM cohort_return AS r
         WHERE r.line = $2 AND r.country = coalesce($3, r.country) AND r.channel = coalesce($4, r.channel);
    END IF;
END
$$;
