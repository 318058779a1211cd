-- line_pareto_list(line text, dimension text, country text, channel text, lot text, sku text, serial_from text, serial_to text, from_month date, to_month date, classes text, as_of date, tz text, clock text, currency text, reporting text)
--
-- Events of `classes` so far by reason or by class, with the money given back, and
-- of these `uncovered` ones: of units whose day of shipment is not known. They have
-- no month of shipment and no lot, so they are in no answer that asks for one.
-- What no source tells is `unknown`. `shipped` are the units of the same months.
-- Events are known by month, those of the month of `as_of` as a whole if it is
-- under way. Money is in `currency` by the rate of that day, or in `reporting`, that
-- of the ledger, if none is asked for or no rate is known. There is a row without a
-- key if there is nothing.
--
-- lane: slow
WITH asked AS MATERIALIZED (
    SELECT line, product, serials, as_of_day, month_known(as_of_day) AS last_month, counted, data_version, settings_version
      FROM analysis_scope($1, $6, $7, $8, $11, $12, $13)
), clock AS MATERIALIZED (
    SELECT l.channel, l.lag, l.shift FROM asked AS a, channel_clock(a.line, $4, $14) AS l
), event AS (
    SELECT r.reason, r.class, r.units, r.money_minor, 0::bigint AS uncovered
      FROM asked AS a, clock AS l,
           reason_cell($2, a.line, $3, l.channel, $5, a.product, a.serials, l.shift) AS r,
           LATERAL (SELECT (r.month + l.lag * interval '1 month')::date AS month) AS s
     WHERE r.class = ANY (a.counted)
       AND s.month >= coalesce($9, '-infinity')
       AND s.month < coalesce($10, 'infinity')
       AND r.event_month <= a.last_month
     UNION ALL
    SELECT u.reason, u.class, u.returned, u.money_minor, u.returned
      FROM asked AS a
      JOIN uncovered_return AS u ON u.line = a.line
     WHERE u.class = ANY (a.counted)
       AND num_nonnulls($5, a.serials, $9, $10) = 0
       AND u.product = coalesce(a.product, u.product)
       AND u.country = coalesce($3, u.country) AND u.channel = coalesce($4, u.channel)
       AND u.event_month <= a.last_month
), shipped AS (
    SELECT coalesce(sum(c.units), 0)::bigint AS units
      FROM asked AS a, clock AS l,
           line_cell(a.line, $3, l.channel, $5, a.product, a.serials, l.shift) AS c,
           LATERAL (SELECT (c.month + l.lag * interval '1 month')::date AS month) AS s
     WHERE c.class IS NULL
       AND s.month >= coalesce($9, '-infinity')
       AND s.month < coalesce($10, 'infinity')
       AND s.month <= a.as_of_day
)
SELECT a.data_version, a.settings_version, a.as_of_day AS as_of, s.units AS shipped, m.currency,
       e.key, e.units, round(e.money_minor * m.factor)::bigint AS money_minor, e.uncovered
  FROM asked AS a
 CROSS JOIN shipped AS s
 CROSS JOIN LATERAL money_in($16, $15, $16, a.as_of_day) AS m
  LEFT JOIN (SELECT CASE $2 WHEN 'class' THEN class ELSE coalesce(nullif(reason, ''), 'unknown') END AS key,
                    sum(units)::bigint AS units, sum(money_minor)::bigint AS money_minor, sum(uncovered)::bigint AS uncovered
               FROM event
              GROUP BY 1
             HAVING sum(units) <> 0 OR sum(money_minor) <> 0) AS e ON true
 ORDER BY e.key COLLATE "C"
