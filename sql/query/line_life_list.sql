-- line_life_list(line text, country text, channel text, lot text, sku text, serial_from text, serial_to text, from_month date, to_month date, classes text, as_of date, tz text, clock text, by_lot boolean, family_below integer)
--
-- How long the units of a line lasted, by days of age, as known at the end of the
-- day `as_of`. Rows with `age` and no class are the units of that age, with their
-- month of shipment, by lot if that is asked for: shipped, left for whatever reason,
-- and left in a period of age that is over for them. Rows with a class are what happened at an age: units, and
-- those of them in a period that was over. By the clocks `delivery` and
-- `in_service` ages begin as channel_clock() tells, and what came back before has age 0. Days on which
-- more left than was shipped are left out: `unsound` of `days` are. Rows with a
-- month are the cohorts of the family, if fewer events than `family_below` are of
-- `classes`. There is a row with neither if there is nothing.
--
-- lane: slow
WITH asked AS MATERIALIZED (
    SELECT line, product, serials, as_of_day, counted, staying, data_version, settings_version
      FROM analysis_scope($1, $5, $6, $7, $10, $11, $12)
), cell AS MATERIALIZED (
    SELECT d.ship_day, a.as_of_day - d.ship_day - l.days AS reached,
           CASE WHEN d.class IS NOT NULL THEN greatest(d.age_day - l.days, 0) END AS age,
           d.lot, d.class, d.class = ANY (a.counted) AS counted,
           d.class = ANY (a.staying) AS stays, sum(d.units)::bigint AS units
      FROM asked AS a,
           channel_clock(a.line, $3, $13) AS l,
           day_unit(a.line, $2, l.channel, $4, a.product, a.serials, $14) AS d
     WHERE d.ship_day + l.days >= coalesce($8, '-infinity')
       AND d.ship_day + l.days < coalesce($9, 'infinity')
       AND d.ship_day + l.days <= a.as_of_day
       AND (d.ship_day + d.age_day <= a.as_of_day) IS NOT FALSE
     GROUP BY 1, 2, 3, 4, 5, 6, 7
), day AS MATERIALIZED (
    SELECT ship_day,
           coalesce(sum(units) FILTER (WHERE class IS NULL), 0) >= coalesce(sum(units) FILTER (WHERE NOT stays), 0)
           AND min(units) >= 0 AS sound
      FROM cell
     GROUP BY ship_day
), sound AS MATERIALIZED (
    SELECT c.*, age_period(c.age) < age_periods_within(c.reached) AS over
      FROM cell AS c
      JOIN day AS d USING (ship_day)
     WHERE d.sound
), counted AS (
    SELECT coalesce(sum(units), 0) AS units FROM sound WHERE counted
)
SELECT a.data_version, a.settings_version, a.as_of_day AS as_of, d.days, d.unsound,
       l.lot, l.age, l.cohort, l.class, l.counted, l.stays, l.shipped, l.units, l.over,
       l.month, l.known, l.period, l.events, l.leavers
  FROM asked AS a
 CROSS JOIN (SELECT count(*) AS days, count(*) FILTER (WHERE NOT sound) AS unsound FROM day) AS d
  LEFT JOIN (SELECT lot, reached AS age, date_trunc('month', as_of_day - reached)::date AS cohort, NULL AS class, NULL::boolean AS counted, NULL::boolean AS stays,
                    coalesce(sum(units) FILTER (WHERE class IS NULL), 0)::bigint AS shipped,
                    coalesce(sum(units) FILTER (WHERE NOT stays), 0)::bigint AS units,
                    coalesce(sum(units) FILTER (WHERE NOT stays AND over), 0)::bigint AS over,
                    NULL::date AS month, NULL::integer AS known, NULL::integer AS period,
                    NULL::bigint AS events, NULL::bigint AS leavers
               FROM sound, asked
              GROUP BY lot, reached, cohort
              UNION ALL
             SELECT lot, age, NULL, class, counted, stays, NULL, sum(units)::bigint,
                    coalesce(sum(units) FILTER (WHERE over), 0)::bigint, NULL, NULL, NULL, NULL, NULL
               FROM sound
              WHERE class IS NOT NULL
              GROUP BY lot, age, class, counted, stays
              UNION ALL
             SELECT NULL, NULL, NULL, NULL, NULL, NULL, f.shipped, NULL, NULL, f.month, f.known, f.period, f.events, f.leavers
               FROM asked AS a
               JOIN counted AS c ON c.units < $15,
                    family_cohort(a.line, $13, a.counted, a.staying, a.as_of_day) AS f) AS l ON true
 ORDER BY l.month NULLS FIRST, l.period NULLS FIRST, l.lot, l.class NULLS FIRST, l.age
