-- line_cube_list(line text, country text, channel text, lot text, sku text, serial_from text, serial_to text, from_month date, to_month date, classes text, as_of date, tz text, clock text, periods integer, currency text, reporting text)
--
-- What came back of a line by country, channel, class and reason within so many
-- periods of age, of the months of shipment that are so old, with the units
-- shipped there by each country and channel. A row without a class is a country and
-- channel to which nothing came back. Months are by the clock, as cohort_cell_list
-- has them, and money is in `currency`, as line_pareto_list has it.
--
-- lane: slow
WITH asked AS MATERIALIZED (
    SELECT line, product, serials, as_of_day, counted, data_version, settings_version,
           month_of(as_of_day + 1 - age_period_end($14 - 1)) AS first_young
      FROM analysis_scope($1, $5, $6, $7, $10, $11, $12)
), cell AS (
    SELECT c.country, c.channel, c.class, c.reason, c.units, c.money_minor
      FROM asked AS a,
           channel_clock(a.line, $3, $13) AS l,
           cube_cell(a.line, $2, l.channel, $4, a.product, a.serials, l.shift,
                     coalesce($8, '-infinity') - l.lag * interval '1 month',
                     least($9, a.first_young) - l.lag * interval '1 month') AS c
     WHERE c.class IS NULL OR c.class = ANY (a.counted) AND c.period - least(c.period, l.lag) < $14
), counted AS MATERIALIZED (
    SELECT country, channel, class, reason, sum(units)::bigint AS units, sum(money_minor) AS money_minor
      FROM cell
     GROUP BY country, channel, class, reason
)
SELECT a.data_version, a.settings_version, a.as_of_day AS as_of, m.currency, country, channel,
       s.units AS shipped, r.class, r.reason, r.units AS returned, round(r.money_minor * m.factor)::bigint AS money_minor
  FROM asked AS a
 CROSS JOIN LATERAL money_in($16, $15, $16, a.as_of_day) AS m
  LEFT JOIN ((SELECT * FROM counted WHERE class IS NULL) AS s
             FULL JOIN (SELECT * FROM counted WHERE class IS NOT NULL) AS r USING (country, channel)) ON true
 ORDER BY country, channel, r.units DESC, r.class, r.reason
