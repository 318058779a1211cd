-- reserve_list(line text, country text, channel text, lot text, sku text, serial_from text, serial_to text, from_month date, to_month date, classes text, as_of date, tz text, clock text, since date, currency text, reporting text)
--
-- What reserves of all lines, or of those of one's family, are made of at two
-- closings: the ends of the last months that were over at the end of the days `as_of`
-- and `since`, which is a month before if it is not given. Of the units that the
-- filters tell, by the clock. Rows with a month are its units: shipped,
-- left for whatever reason by either closing, and left in periods of age that were
-- over by then for all of the month; `settled` are events of `classes` between the
-- closings. Rows with a period are the events in it, and others that left, where it
-- was over. Months in which more left than was shipped are `unsound`, and in no
-- period. Costs of a claim are those in force on the closings, both in `currency` by
-- the rate of the later, as line_fact_list has it; the later stands for both if the
-- earlier is in a currency without a rate. Every line has a row; there is one
-- without a line if there is none.
--
-- lane: slow
WITH asked AS MATERIALIZED (
    SELECT CASE WHEN $1 IS NOT NULL
                THEN (SELECT array_agg(r.id)
                        FROM product_line AS l
                        JOIN product_line AS r USING (family)
                       WHERE l.id = found((SELECT id FROM product_line WHERE public_id = $1))) END AS lines,
           event_classes($10) AS counted, (SELECT array_agg(code::text) FROM event_class WHERE stays) AS staying,
           d.today, d.closing, (date_trunc('month', coalesce($14 + 1, d.closing)) - interval '1 day')::date AS opening,
           (SELECT version FROM rollup_state) AS data_version, (SELECT version FROM settings_state) AS settings_version
      FROM (SELECT today, (date_trunc('month', today + 1) - interval '1 day')::date AS closing
              FROM (SELECT day_asked($11, $12) AS today) AS t) AS d
)
SELECT a.data_version, a.settings_version, a.today AS as_of, a.closing, a.opening,
       l.public_id AS id, l.code, l.name, l.family, cost.currency, cost.claim_cost_minor AS cost,
       coalesce(before.claim_cost_minor, cost.claim_cost_minor) AS cost_before, d.month,
       a.closing - d.month AS days, a.opening - d.month AS days_before,
       extract(day FROM d.month + interval '1 month' - interval '1 day')::integer AS month_days,
       d.known, d.known_before, d.shipped, d.left_all, d.left_over, d.left_all_before, d.left_over_before,
       d.period, d.events, d.others, d.events_before, d.others_before, d.settled, d.unsound
  FROM asked AS a
  LEFT JOIN product_line AS l ON l.id = ANY (a.lines) OR a.lines IS NULL
  LEFT JOIN reserve_count((SELECT lines FROM asked), $2, $3, $4, $5, serial_range($6, $7), $8, $9, $13,
                          (SELECT counted FROM asked), (SELECT staying FROM asked), (SELECT closing FROM asked),
                          (SELECT opening FROM asked)) AS d ON d.line = l.id
  LEFT JOIN LATERAL (SELECT i.currency, i.claim_cost_minor
                       FROM line_cost AS c,
                            LATERAL cost_in(c, $15, $16, a.closing) AS i
                      WHERE c.line = l.id AND c.valid_from <= a.closing
                      ORDER BY c.valid_from DESC
                      LIMIT 1) AS cost ON true
  LEFT JOIN LATERAL (SELECT i.currency, i.claim_cost_minor
                       FROM line_cost AS c,
                            LATERAL cost_in(c, cost.currency, $16, a.closing) AS i
                      WHERE c.line = l.id AND c.valid_from <= a.opening
                      ORDER BY c.valid_from DESC
                      LIMIT 1) AS before ON before.currency = cost.currency
 ORDER BY l.code, d.month NULLS LAST, d.period
