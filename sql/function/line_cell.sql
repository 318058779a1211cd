-- What is counted of a line, month by month of shipment: shipments (class NULL), and events by
-- period of age and month of the event. NULL for a filter asks for all. The smallest rollup
-- that knows the filters is read; where none does, and for a clock that begins `shift` days after
-- the shipment, days are added up: then months and ages are by that clock. It is
-- inlined if its arguments are no subqueries, and then all but one of its parts cost nothing.
CREATE OR REPLACE FUNCTION line_cell(line bigint, country text, channel text, lot text, product bigint, serials text[],
                                     shift integer)
RETURNS TABLE (month date, period integer, event_month date, class text, units bigint)
LANGUAGE sql STABLE
AS $$
    SELECT c.month, NULL::integer, NULL::date, NULL::text, c.shipped
      FROM line_cohort AS c
     WHERE num_nonnulls($2, $3, $4, $5, $6, $7) = 0 AND c.line = $1
     UNION ALL
    SELECT r.month, r.period, r.event_month, r.class, r.returned
      FROM line_return AS r
     WHERE num_nonnulls($2, $3, $4, $5, $6, $7) = 0 AND r.line = $1
     UNION ALL
    SELECT c.month, NULL, NULL, NULL, c.shipped
      FROM cohort AS c
     WHERE num_nonnulls($2, $3) > 0 AND num_nonnulls($4, $5, $6, $7) = 0 AND c.line = $1
       AND c.country = coalesce($2, c.country) AND c.channel = coalesce($3, c.channel)
     UNION ALL
    SELECT r.month, r.period, r.event_month, r.class, r.returned
      FROM cohort_return AS r
     WHERE num_nonnulls($2, $3) > 0 AND num_nonnulls($4, $5, $6, $7) = 0 AND r.line = $1
       AND r.country = coalesce($2, r.country) AND r.channel = coalesce($3, r.channel)
     UNION ALL
    SELECT c.month, NULL, NULL, NULL, c.shipped
      FROM lot_cohort AS c
     WHERE $4 IS NOT NULL AND num_nonnulls($2, $3, $5, $6, $7) = 0 AND c.line = $1 AND c.lot = $4
     UNION ALL
    SELECT r.month, r.period, r.event_month, r.class, r.returned
      FROM lot_return AS r
     WHERE $4 IS NOT NULL AND num_nonnulls($2, $3, $5, $6, $7) = 0 AND r.line = $1 AND r.lot = $4
     UNION ALL
    SELECT c.month, NULL, NULL, NULL, c.shipped
      FROM product_cohort AS c
     WHERE $5 IS NOT NULL AND num_nonnulls($2, $3, $4, $6, $7) = 0 AND c.line = $1 AND c.product = $5
     UNION ALL
    SELECT r.month, r.period, r.event_month, r.class, r.returned
      FROM product_return AS r
     WHERE $5 IS NOT NULL AND num_nonnulls($2, $3, $4, $6, $7) = 0 AND r.line = $1 AND r.product = $5
     UNION ALL
    SELECT d.month, d.period, d.event_month, d.class, d.units
      FROM day_cell($1, $2, $3, $4, $5, $6, $7) AS d
     WHERE num_nonnulls($6, $7) > 0 OR num_nonnulls($4, $5) > 0 AND num_nonnulls($2, $3, $4, $5) > 1
$$;
