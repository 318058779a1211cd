-- The same as line_cell() from the cells of days, which know every filter at once.
CREATE OR REPLACE FUNCTION day_cell(line bigint, country text, channel text, lot text, product bigint)
RETURNS TABLE (month date, period integer, event_month date, class text, units bigint, money_minor bigint)
LANGUAGE plpgsql STABLE
AS $$
#variable_conflict use_column
BEGIN
    RETURN QUERY
    SELECT date_trunc('month', d.ship_day)::date, age_period(d.age_day),
           date_trunc('month', d.ship_day + d.age_day)::date, d.class, d.units, d.money_minor
      FROM day_count($1, $2, $3, $4, $5) AS d;
END
$$;
