-- The same as day_count() by month and period of age, of a clock that begins `shift` days after the
-- shipment, or of the shipment itself for NULL. What came back before it begins has period 0.
CREATE OR REPLACE FUNCTION shift_count(line bigint, only_country text, only_channel text, only_lot text, only_product bigint,
                                       serials text[], shift integer)
RETURNS TABLE (product bigint, country text, channel text, lot text, month date, period integer, event_month date, class text,
               reason text, units bigint, money_minor bigint)
LANGUAGE sql STABLE
AS $$
    SELECT d.product, d.country, d.channel, d.lot, month_of(d.ship_day + s.days),
           CASE WHEN d.class IS NOT NULL THEN age_period(greatest(d.age_day - s.days, 0)) END,
           CASE WHEN d.class IS NOT NULL THEN month_of(d.ship_day + greatest(d.age_day, s.days)) END,
           d.class, d.reason, d.units, d.money_minor
      FROM (SELECT coalesce($7, 0) AS days) AS s,
           day_count($1, $2, $3, $4, $5, $6) AS d
$$;
