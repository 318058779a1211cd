-- The same as line_cell() from the units of days, which know every filter at once; by a clock that
-- begins `shift` days after the shipment, if there is one.
CREATE OR REPLACE FUNCTION day_cell(line bigint, country text, channel text, lot text, product bigint, serials text[],
                                    shift integer)
RETURNS TABLE (month date, period integer, event_month date, class text, units bigint)
LANGUAGE plpgsql STABLE
AS $$
#variable_conflict use_column
BEGIN
    RETURN QUERY
    SELECT month_of(d.ship_day + s.days),
           CASE WHEN d.class IS NOT NULL THEN age_period(greatest(d.age_day - s.days, 0)) END,
           CASE WHEN d.class IS NOT NULL THEN month_of(d.ship_day + greatest(d.age_day, s.days)) END,
           d.class, d.units
      FROM (SELECT coalesce($7, 0) AS days) AS s,
           day_unit($1, $2, $3, $4, $5, $6, false) AS d;
END
$$;
