-- line_history_list(line text, relatives boolean, country text, channel text, lot text, sku text, serial_from text, serial_to text, from_month date, to_month date, classes text, as_of date, clock text, since date, periods integer, settings_version bigint)
--
-- What was counted of the lines that line_fact_list tells, as it was known at
-- the end of the day `as_of`. Rows are of a kind:
--   shipped    units of a month of shipment, and how many of them came back
--   age        events of a month of shipment at a period of age that is over, below `periods`
--   lag        events of a month of shipment in a month from `since` on
--   left       those that left of a month of shipment before that
--   lot        the same as shipped (without event_month) and lag of a lot that has had four
--              suspect events at least
--   lots       how many lots were first shipped in a month
--   restart    the month in which the flag of a lot was cleared: it is watched anew from there
--   fee        units of a month that count for the marketplace's fee, and those that came back
--              in that month and the two after it
--   uncovered  returns of a month that belong to no cohort
--   danger     faults of a month whose reason speaks of a danger
-- By the clocks `delivery` and `in_service` months of shipment are those of delivery or
-- first use as channel_clock() tells, and lots are not told, nor is what filters do not know.
-- There is a row without a kind if there is nothing. `settings_version` is told back.
--
-- lane: slow
WITH asked AS MATERIALIZED (
    SELECT $12 AS as_of_day, date_trunc('month', $12 + 1)::date AS now_month,
           $12 >= (now() AT TIME ZONE 'UTC')::date AS current,
           $14 AS since, ($14 - interval '24 months')::date AS oldest,
           event_classes(coalesce($11, 'net')) AS counted, serial_range($7, $8) AS serials,
           coalesce($13, 'ship') = 'ship' AS by_shipment
), wanted AS MATERIALIZED (
    SELECT l.id, l.fee_category, p.id AS product
      FROM product_line AS l
      LEFT JOIN product AS p ON p.line = l.id AND p.model = $6
     WHERE ($1 IS NULL OR l.public_id = $1
            OR $2 AND l.family = (SELECT family FROM product_line WHERE public_id = $1))
       AND ($6 IS NULL OR p.id IS NOT NULL)
), class AS MATERIALIZED (
    SELECT e.code::text AS code, (e.code = ANY (a.counted))::int AS counted, gross::int AS gross, net::int AS net,
           recovered::int AS recovered, quality::int AS quality, suspect::int AS suspect,
           (NOT stays)::int AS leaver
      FROM event_class AS e, asked AS a
), clock AS MATERIALIZED (
    SELECT w.id AS line, w.product, l.channel, l.lag, l.shift,
           (coalesce($9, '-infinity') - l.lag * interval '1 month')::date AS from_month,
           (coalesce($10, 'infinity') - l.lag * interval '1 month')::date AS to_month
      FROM wanted AS w,
           channel_clock(w.id, $4, $13) AS l
), part AS MATERIALIZED (
    SELECT l.line, l.lag, c.month, c.period, c.event_month,
           sum(c.units) FILTER (WHERE c.class IS NULL) AS units, sum(c.units * k.counted) AS counted,
           sum(c.units * k.gross) AS gross, sum(c.units * k.net) AS net, sum(c.units * k.recovered) AS recovered,
           sum(c.units * k.quality) AS quality, sum(c.units * k.suspect) AS suspect, sum(c.units * k.leaver) AS leavers
      FROM asked AS a
     CROSS JOIN clock AS l
     CROSS JOIN LATERAL line_cell(l.line, $3, l.channel, $5, l.product, a.serials, l.shift) AS c
      LEFT JOIN class AS k ON k.code = c.class
     WHERE c.month >= l.from_month AND c.month < l.to_month
       -- The same for all clocks, the slowest of which is two years late: what an index can be asked.
       AND c.month >= coalesce($9, '-infinity')
                      - CASE coalesce($13, 'ship') WHEN 'ship' THEN interval '0' ELSE interval '25 months' END
     GROUP BY l.line, l.lag, c.month, c.period, c.event_month
), cell AS MATERIALIZED (
    SELECT p.*, s.month AS clock_month, s.age,
           CASE WHEN p.event_month >= a.since THEN greatest(p.event_month, s.month) END AS lag_month,
           p.event_month < a.now_month OR a.current AS told,
           s.age < age_periods_within(a.as_of_day - (s.month + interval '1 month')::date + 1) AS over
      FROM asked AS a, part AS p,
           LATERAL (SELECT (p.month + p.lag * interval '1 month')::date AS month,
                           p.period - least(p.period, p.lag) AS age) AS s
     WHERE s.month <= a.as_of_day
), history AS (
    SELECT 'shipped' AS kind, c.line, NULL AS key, c.clock_month AS month, NULL::integer AS period, NULL::date AS event_month,
           coalesce(sum(c.units), 0)::bigint AS units, NULL::bigint AS counted,
           coalesce(sum(c.gross) FILTER (WHERE c.told OR c.over), 0)::bigint AS gross, NULL::bigint AS net,
           NULL::bigint AS recovered, NULL::bigint AS quality, NULL::bigint AS suspect, NULL::bigint AS leavers
      FROM cell AS c
     GROUP BY c.line, c.clock_month
     UNION ALL
    SELECT 'age', c.line, NULL, c.clock_month, c.age, NULL, NULL, sum(c.counted)::bigint, sum(c.gross)::bigint,
           sum(c.net)::bigint, sum(c.recovered)::bigint, sum(c.quality)::bigint, NULL, sum(c.leavers)::bigint
      FROM cell AS c
     WHERE c.over AND c.age < $15
     GROUP BY c.line, c.clock_month, c.age
     UNION ALL
    SELECT CASE WHEN c.lag_month IS NULL THEN 'left' ELSE 'lag' END, c.line, NULL, c.clock_month, NULL, c.lag_month, NULL,
           sum(c.counted)::bigint, sum(c.gross)::bigint, NULL, NULL, NULL, sum(c.suspect)::bigint, sum(c.leavers)::bigint
      FROM asked AS a, cell AS c
     WHERE c.event_month IS NOT NULL AND c.told AND c.clock_month >= a.oldest
     GROUP BY c.line, c.clock_month, c.lag_month
     UNION ALL
    SELECT h.kind, h.line, h.key, h.month, NULL, h.event_month, h.units, NULL, NULL, NULL, NULL, NULL, h.suspect, h.leavers
      FROM asked AS a, wanted AS w, lot_history(w.id, $9, $10, $12, $14, a.current) AS h
     WHERE num_nonnulls($3, $4, $5, $6, $7, $8) = 0 AND a.by_shipment
     UNION ALL
    SELECT 'fee', h.line, NULL, h.month, NULL, NULL, h.shipped, NULL, h.returned, NULL, NULL, NULL, NULL, NULL
      FROM asked AS a, wanted AS w, fee_history(w.id, $3, $4, $12, $14) AS h
     WHERE num_nonnulls($5, $6, $7, $8) = 0
     UNION ALL
    SELECT 'uncovered', u.line, NULL, NULL, NULL, u.event_month, NULL, NULL, sum(u.returned * k.gross)::bigint, NULL,
           NULL, NULL, NULL, NULL
      FROM asked AS a, wanted AS w
      JOIN uncovered_return AS u ON u.line = w.id AND u.product = coalesce(w.product, u.product)
      JOIN class AS k ON k.code = u.class
     WHERE num_nonnulls($5, $7, $8) = 0 AND u.country = coalesce($3, u.country) AND u.channel = coalesce($4, u.channel)
       AND (u.event_month < a.now_month OR a.current)
     GROUP BY u.line, u.event_month
     UNION ALL
    SELECT 'danger', h.line, NULL, NULL, NULL, h.event_month, NULL, NULL, NULL, NULL, NULL, sum(h.units)::bigint, NULL, NULL
      FROM asked AS a, wanted AS w, danger_history(w.id, $3, $4, $14) AS h
     WHERE num_nonnulls($5, $6, $7, $8) = 0 AND (h.event_month < a.now_month OR a.current)
     GROUP BY h.line, h.event_month
)
SELECT v.version AS data_version, $16 AS settings_version, $12 AS as_of, h.*
  FROM rollup_state AS v
  LEFT JOIN history AS h ON true
