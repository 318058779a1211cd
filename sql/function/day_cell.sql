-- The same as line_cell() from the cells of days, which know every filter at once. Not to be
-- inlined: a plan that names all years of them takes milliseconds to set up.
CREATE OR REPLACE FUNCTION day_cell(line bigint, country text, channel text, lot text, product bigint)
RETURNS TABLE (month date, period integer, event_month date, class text, units bigint, money_minor bigint)
LANGUAGE plpgsql STABLE
AS $$
#variable_conflict use_column
BEGIN
    RETURN QUERY
    SELECT date_trunc('month', c.ship_day)::date, NULL::integer, NULL::date, NULL::text, c.shipped, 0::bigint
      FROM ship_cell AS c
     WHERE c.product IN (SELECT p.id FROM product AS p WHERE p.line = $1 AND p.id = coalesce($5, p.id))
       AND c.country = coalesce($2, c.country) AND c.channel = coalesce($3, c.channel) AND c.lot = coalesce($4, c.lot)
     UNION ALL
    SELECT date_trunc('month', r.ship_day)::date, age_period(r.age_day), date_trunc('month', r.ship_day + r.age_day)::date,
           r.class::text, r.returned, r.money_minor
      FROM return_cell AS r
     WHERE r.product IN (SELECT p.id FROM product AS p WHERE p.line = $1 AND p.id = coalesce($5, p.id))
       AND r.country = coalesce($2, r.country) AND r.channel = coalesce($3, r.channel) AND r.lot = coalesce($4, r.lot);
END
$$;
