-- Adds what was posted to the rollups: the given postings, or all for NULL. Only
-- rollup_fold() and rollup_rebuild() call it, with the row of rollup_state locked, so that
-- no two of them meet.
CREATE OR REPLACE FUNCTION rollup_add(postings bigint[])
RETURNS void
LANGUAGE sql
AS $$
WITH posted AS MATERIALIZED (
    SELECT p.line, e.product, e.country, e.channel, e.lot, e.ship_day,
           date_trunc('month', coalesce(e.ship_day, e.event_day))::date AS month,
           e.event_day - e.ship_day AS age_day,
           age_period(e.event_day - e.ship_day) AS period,
           e.class, e.reason, sum(e.units)::bigint AS units, sum(e.money_minor)::bigint AS money_minor
      FROM unit_event AS e
      JOIN product AS p ON p.id = e.product
     WHERE postings IS NULL OR e.posting = ANY (postings)
     GROUP BY p.line, e.product, e.country, e.channel, e.lot, e.ship_day, e.event_day, e.class, e.reason
), shipped AS MATERIALIZED (
    SELECT * FROM posted WHERE class IS NULL
), returned AS MATERIALIZED (
    SELECT * FROM posted WHERE class IS NOT NULL AND ship_day IS NOT NULL
), add_ship_cell AS (
    INSERT INTO ship_cell AS t (product, country, channel, lot, ship_day, shipped)
    SELECT product, country, channel, lot, ship_day, sum(units) FROM shipped GROUP BY 1, 2, 3, 4, 5
        ON CONFLICT (product, ship_day, country, channel, lot) DO UPDATE SET shipped = t.shipped + excluded.shipped
), add_return_cell AS (
    INSERT INTO return_cell AS t (product, country, channel, lot, ship_day, age_day, class, reason, returned, money_minor)
    SELECT product, country, channel, lot, ship_day, age_day, class, reason, sum(units), sum(money_minor)
      FROM returned GROUP BY 1, 2, 3, 4, 5, 6, 7, 8
        ON CONFLICT (product, ship_day, age_day, country, channel, lot, class, reason) DO UPDATE
       SET returned = t.returned + excluded.returned, money_minor = t.money_minor + excluded.money_minor
), add_cohort AS (
    INSERT INTO cohort AS t (line, month, country, channel, shipped)
    SELECT line, month, country, channel, sum(units) FROM shipped GROUP BY 1, 2, 3, 4
        ON CONFLICT (line, month, country, channel) DO UPDATE SET shipped = t.shipped + excluded.shipped
), add_cohort_return AS (
    INSERT INTO cohort_return AS t (line, month, period, country, channel, class, reason, returned, money_minor)
    SELECT line, month, period, country, channel, class, reason, sum(units), sum(money_minor)
      FROM returned GROUP BY 1, 2, 3, 4, 5, 6, 7
        ON CONFLICT (line, month, period, country, channel, class, reason) DO UPDATE
       SET returned = t.returned + excluded.returned, money_minor = t.money_minor + excluded.money_minor
), add_lot_cohort AS (
    INSERT INTO lot_cohort AS t (line, lot, month, shipped)
    SELECT line, lot, month, sum(units) FROM shipped WHERE lot <> '' GROUP BY 1, 2, 3
        ON CONFLICT (line, lot, month) DO UPDATE SET shipped = t.shipped + excluded.shipped
), add_lot_return AS (
    INSERT INTO lot_return AS t (line, lot, month, period, class, returned)
    SELECT line, lot, month, period, class, sum(units) FROM returned WHERE lot <> '' GROUP BY 1, 2, 3, 4, 5
        ON CONFLICT (line, lot, month, period, class) DO UPDATE SET returned = t.returned + excluded.returned
), add_line_cohort AS (
    INSERT INTO line_cohort AS t (line, month, shipped)
    SELECT line, month, sum(units) FROM shipped GROUP BY 1, 2
        ON CONFLICT (line, month) DO UPDATE SET shipped = t.shipped + excluded.shipped
), add_line_return AS (
    INSERT INTO line_return AS t (line, month, period, class, returned, money_minor)
    SELECT line, month, period, class, sum(units), sum(money_minor) FROM returned GROUP BY 1, 2, 3, 4
        ON CONFLICT (line, month, period, class) DO UPDATE
       SET returned = t.returned + excluded.returned, money_minor = t.money_minor + excluded.money_minor
)
INSERT INTO uncovered_return AS t (line, month, channel, class, returned)
SELECT line, month, channel, class, sum(units) FROM posted WHERE class IS NOT NULL AND ship_day IS NULL GROUP BY 1, 2, 3, 4
    ON CONFLICT (line, month, channel, class) DO UPDATE SET returned = t.returned + excluded.returned
$$;
