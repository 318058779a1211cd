-- line_nevada_list(line text, country text, channel text, lot text, sku text, serial_from text, serial_to text, from_month date, to_month date, classes text, as_of date, tz text, clock text)
--
-- The units of a line by month of shipment, and the events of `classes` among them
-- by month of shipment and month of the event, with all that left, of these classes
-- or others. Months of events are known as a whole: `last_month` is the last that is
-- known at the end of the day `as_of`, and `partial` if it was not over. By other
-- clocks a month is that of delivery or first use, as cohort_cell_list has it, and
-- no event is before it. There is a row without a month if there is nothing.
--
-- lane: slow
WITH asked AS MATERIALIZED (
    SELECT line, product, serials, as_of_day, counted, staying, data_version, settings_version,
           month_known(as_of_day) AS last_month
      FROM analysis_scope($1, $5, $6, $7, $10, $11, $12)
), part AS MATERIALIZED (
    SELECT l.lag, c.month, c.event_month,
           sum(c.units) FILTER (WHERE c.class IS NULL) AS shipped,
           sum(c.units) FILTER (WHERE c.class = ANY (a.counted)) AS events,
           sum(c.units) FILTER (WHERE c.class <> ALL (a.staying)) AS leavers
      FROM asked AS a,
           channel_clock(a.line, $3, $13) AS l,
           line_cell(a.line, $2, l.channel, $4, a.product, a.serials, l.shift) AS c
     WHERE (c.event_month <= a.last_month) IS NOT FALSE
     GROUP BY l.lag, c.month, c.event_month
), cell AS (
    SELECT s.month, greatest(p.event_month, CASE WHEN p.event_month IS NOT NULL THEN s.month END) AS event_month,
           p.shipped, p.events, p.leavers
      FROM asked AS a, part AS p,
           LATERAL (SELECT (p.month + p.lag * interval '1 month')::date AS month) AS s
     WHERE s.month >= coalesce($8, '-infinity')
       AND s.month < coalesce($9, 'infinity')
       AND s.month <= a.last_month
)
SELECT a.data_version, a.settings_version, a.as_of_day AS as_of, a.last_month,
       (a.last_month + interval '1 month')::date > a.as_of_day + 1 AS partial,
       c.month, c.event_month, c.shipped, c.events, c.leavers
  FROM asked AS a
  LEFT JOIN (SELECT month, event_month, sum(shipped)::bigint AS shipped, coalesce(sum(events), 0)::bigint AS events,
                    coalesce(sum(leavers), 0)::bigint AS leavers
               FROM cell
              GROUP BY month, event_month) AS c ON true
 ORDER BY c.month, c.event_month NULLS FIRST
