-- Adds what was posted to the rollups: the given postings, or all for NULL. Only
-- rollup_fold() and rollup_rebuild() call it, with the row of rollup_state locked, so that
-- no two of them meet. Days are added up to months once, and the rest is made of those. Cells are
-- written in the order of their key, which halves the time of large postings, and what is read
-- together then lies together.
CREATE OR REPLACE FUNCTION rollup_add(postings bigint[])
RETURNS void
LANGUAGE sql
AS $$
WITH posted AS MATERIALIZED (
    SELECT p.line, e.product, e.country, e.channel, e.lot, e.ship_day, e.event_day, e.class, e.reason,
           sum(e.units)::bigint AS units, sum(e.money_minor)::bigint AS money_minor
      FROM unit_event AS e
      JOIN product AS p ON p.id = e.product
     WHERE postings IS NULL OR e.posting = ANY (postings)
     GROUP BY p.line, e.product, e.country, e.channel, e.lot, e.ship_day, e.event_day, e.class, e.reason
), monthly AS MATERIALIZED (
    SELECT line, product, country, channel, lot, month_of(ship_day) AS month,
           age_period(event_day - ship_day) AS period, month_of(event_day) AS event_month,
           class, reason, sum(units)::bigint AS units, sum(money_minor)::bigint AS money_minor
      FROM posted
     GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9, 10
), shipped AS MATERIALIZED (
    SELECT * FROM monthly WHERE class IS NULL
), returned AS MATERIALIZED (
    SELECT * FROM monthly WHERE class IS NOT NULL AND month IS NOT NULL
), add_ship_cell AS (
    INSERT INTO ship_cell AS t (product, country, channel, lot, ship_day, shipped)
    SELECT product, country, channel, lot, ship_day, sum(units)
      FROM posted
     WHERE class IS NULL
     GROUP BY product, ship_day, country, channel, lot
     ORDER BY product, ship_day, country, channel, lot
        ON CONFLICT (product, ship_day, country, channel, lot) DO UPDATE SET shipped = t.shipped + excluded.shipped
), add_return_cell AS (
    INSERT INTO return_cell AS t (product, country, channel, lot, ship_day, age_day, class, reason, returned, money_minor)
    SELECT product, country, channel, lot, ship_day, event_day - ship_day, class, reason, sum(units), sum(money_minor)
      FROM posted
     WHERE class IS NOT NULL AND ship_day IS NOT NULL
     GROUP BY product, ship_day, event_day - ship_day, country, channel, lot, class, reason
     ORDER BY product, ship_day, event_day - ship_day, country, channel, lot, class, reason
        ON CONFLICT (product, ship_day, age_day, country, channel, lot, class, reason) DO UPDATE
       SET returned = t.returned + excluded.returned, money_minor = t.money_minor + excluded.money_minor
), add_lot_day AS (
    INSERT INTO lot_day AS t (line, lot, channel, ship_day, shipped)
    SELECT line, lot, channel, ship_day, sum(units) FROM posted WHERE class IS NULL GROUP BY 1, 2, 3, 4
     ORDER BY 1, 2, 3, 4
        ON CONFLICT (line, lot, channel, ship_day) DO UPDATE SET shipped = t.shipped + excluded.shipped
), add_cohort AS (
    INSERT INTO cohort AS t (line, month, country, channel, shipped, money_minor)
    SELECT line, month, country, channel, sum(units), sum(money_minor) FROM shipped GROUP BY 1, 2, 3, 4
     ORDER BY 1, 2, 3, 4
        ON CONFLICT (line, month, country, channel) DO UPDATE
       SET shipped = t.shipped + excluded.shipped, money_minor = t.money_minor + excluded.money_minor
), add_cohort_return AS (
    INSERT INTO cohort_return AS t (line, month, period, event_month, country, channel, class, reason, returned, money_minor)
    SELECT line, month, period, event_month, country, channel, class, reason, sum(units), sum(money_minor)
      FROM returned GROUP BY 1, 2, 3, 4, 5, 6, 7, 8
     ORDER BY 1, 2, 3, 4, 5, 6, 7, 8
        ON CONFLICT (line, month, period, event_month, country, channel, class, reason) DO UPDATE
       SET returned = t.returned + excluded.returned, money_minor = t.money_minor + excluded.money_minor
), add_lot_cohort AS (
    INSERT INTO lot_cohort AS t (line, lot, month, shipped)
    SELECT line, lot, month, sum(units) FROM shipped WHERE lot <> '' GROUP BY 1, 2, 3
        ON CONFLICT (line, lot, month) DO UPDATE SET shipped = t.shipped + excluded.shipped
), add_lot_return AS (
    INSERT INTO lot_return AS t (line, lot, month, period, event_month, class, returned)
    SELECT line, lot, month, period, event_month, class, sum(units)
      FROM returned WHERE lot <> '' GROUP BY 1, 2, 3, 4, 5, 6
     ORDER BY 1, 2, 3, 4, 5, 6
        ON CONFLICT (line, lot, month, period, event_month, class) DO UPDATE SET returned = t.returned + excluded.returned
), add_lot_lag AS (
    INSERT INTO lot_lag AS t (line, lot, month, event_month, suspect, leavers)
    SELECT line, lot, month, event_month, coalesce(sum(units) FILTER (WHERE k.suspect), 0),
           coalesce(sum(units) FILTER (WHERE NOT k.stays), 0)
      FROM returned AS r
      JOIN event_class AS k ON k.code = r.class AND (k.suspect OR NOT k.stays)
     WHERE lot <> ''
     GROUP BY 1, 2, 3, 4
     ORDER BY 1, 2, 3, 4
        ON CONFLICT (line, lot, month, event_month) DO UPDATE
       SET suspect = t.suspect + excluded.suspect, leavers = t.leavers + excluded.leavers
), add_product_cohort AS (
    INSERT INTO product_cohort AS t (line, product, month, shipped)
    SELECT line, product, month, sum(units) FROM shipped GROUP BY 1, 2, 3
        ON CONFLICT (line, product, month) DO UPDATE SET shipped = t.shipped + excluded.shipped
), add_product_return AS (
    INSERT INTO product_return AS t (line, product, month, period, event_month, class, returned)
    SELECT line, product, month, period, event_month, class, sum(units) FROM returned GROUP BY 1, 2, 3, 4, 5, 6
     ORDER BY 1, 2, 3, 4, 5, 6
        ON CONFLICT (line, product, month, period, event_month, class) DO UPDATE SET returned = t.returned + excluded.returned
), add_line_cohort AS (
    INSERT INTO line_cohort AS t (line, month, shipped, money_minor)
    SELECT line, month, sum(units), sum(money_minor) FROM shipped GROUP BY 1, 2
        ON CONFLICT (line, month) DO UPDATE
       SET shipped = t.shipped + excluded.shipped, money_minor = t.money_minor + excluded.money_minor
), add_line_return AS (
    INSERT INTO line_return AS t (line, month, period, event_month, class, returned, money_minor)
    SELECT line, month, period, event_month, class, sum(units), sum(money_minor) FROM returned GROUP BY 1, 2, 3, 4, 5
     ORDER BY 1, 2, 3, 4, 5
        ON CONFLICT (line, month, period, event_month, class) DO UPDATE
       SET returned = t.returned + excluded.returned, money_minor = t.money_minor + excluded.money_minor
), add_rate_month AS (
    INSERT INTO rate_month AS t (line, month, country, channel, sold, returned)
    SELECT line, event_month, country, channel, coalesce(sum(units) FILTER (WHERE class IS NULL), 0),
           coalesce(sum(units) FILTER (WHERE class IN (SELECT code FROM event_class WHERE gross)), 0)
      FROM monthly GROUP BY 1, 2, 3, 4
        ON CONFLICT (line, month, country, channel) DO UPDATE
       SET sold = t.sold + excluded.sold, returned = t.returned + excluded.returned
)
INSERT INTO uncovered_return AS t (line, product, event_month, country, channel, class, reason, returned, money_minor)
SELECT line, product, event_month, country, channel, class, reason, sum(units), sum(money_minor)
  FROM monthly WHERE class IS NOT NULL AND month IS NULL GROUP BY 1, 2, 3, 4, 5, 6, 7
    ON CONFLICT (line, product, event_month, country, channel, class, reason) DO UPDATE
   SET returned = t.returned + excluded.returned, money_minor = t.money_minor + excluded.money_minor
$$;
