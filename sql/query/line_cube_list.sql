-- line_cube_list(line text, from_month date, to_month date, classes text, as_of date, tz text, periods integer)
--
-- What came back of a line by country, channel, class and reason within so many
-- periods of age, of the months of shipment that are so old, with the units
-- shipped there by each country and channel. A row without a class is a country and channel to which
-- nothing came back.
--
-- lane: slow
WITH asked AS MATERIALIZED (
    SELECT line, as_of_day, counted, data_version, settings_version FROM analysis_scope($1, NULL, $4, $5, $6)
), month AS MATERIALIZED (
    SELECT m::date AS month
      FROM asked AS a,
           generate_series(coalesce($2, (SELECT min(month) FROM line_cohort AS c WHERE c.line = a.line)),
                           least($3 - 1, a.as_of_day), interval '1 month') AS m
     WHERE age_periods_within(a.as_of_day - (m + interval '1 month')::date + 1) >= $7
), shipped AS (
    SELECT c.country, c.channel, sum(c.shipped)::bigint AS shipped
      FROM asked AS a
      JOIN cohort AS c ON c.line = a.line
     WHERE c.month >= (SELECT min(month) FROM month)
       AND c.month <= (SELECT max(month) FROM month)
     GROUP BY c.country, c.channel
), returned AS (
    SELECT r.country, r.channel, r.class, r.reason, sum(r.returned)::bigint AS returned,
           sum(r.money_minor)::bigint AS money_minor
      FROM asked AS a
      JOIN cohort_return AS r ON r.line = a.line
     WHERE r.month >= (SELECT min(month) FROM month)
       AND r.month <= (SELECT max(month) FROM month)
       AND r.period < $7
       AND r.class = ANY (a.counted)
     GROUP BY r.country, r.channel, r.class, r.reason
)
SELECT a.data_version, a.settings_version, a.as_of_day AS as_of, country, channel, s.shipped, r.class, r.reason,
       r.returned, r.money_minor
  FROM asked AS a
  LEFT JOIN (shipped AS s FULL JOIN returned AS r USING (country, channel)) ON true
 ORDER BY country, channel, r.returned DESC, r.class, r.reason
