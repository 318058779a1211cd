-- segment_cell_list(line text, country text, channel text, lot text, sku text, serial_from text, serial_to text, from_month date, to_month date, classes text, as_of date, tz text, clock text, back integer, settings_version bigint)
--
-- Events of a line, and by its country, channel, product, lot and reason, in the months
-- that were over at the end of the day `as_of`, which is today where `tz` is if
-- it is not given, and began no more than `back` months before it. A row without
-- a month of events tells units shipped, and how many left before those months.
-- There is a row without a dimension if there is nothing.
--
-- lane: slow
WITH asked AS MATERIALIZED (
    SELECT s.line, s.product, s.serials, s.as_of_day, s.counted, s.staying, s.data_version, s.settings_version,
           date_trunc('month', s.as_of_day + 1)::date AS now_month,
           (date_trunc('month', s.as_of_day + 1) - make_interval(months => $14))::date AS since
      FROM analysis_scope($1, $5, $6, $7, coalesce($10, 'net'), $11, $12) AS s
), cell AS (
    SELECT c.dimension, c.key, s.month, greatest(c.event_month, CASE WHEN c.event_month IS NOT NULL THEN s.month END) AS event_month,
           sum(c.shipped)::bigint AS shipped, sum(c.events)::bigint AS events, sum(c.leavers)::bigint AS leavers
      FROM asked AS a,
           channel_clock(a.line, $3, $13) AS l,
           segment_count(a.line, $2, l.channel, $4, a.product, a.serials, l.lag, l.shift,
                         greatest(a.since - interval '24 months', coalesce($8, '-infinity'))::date,
                         least(a.now_month, coalesce($9, 'infinity')), a.since, a.now_month, a.counted, a.staying) AS c,
           LATERAL (SELECT (c.month + l.lag * interval '1 month')::date AS month) AS s
     GROUP BY 1, 2, 3, 4
)
SELECT a.data_version, coalesce($15, a.settings_version) AS settings_version, a.as_of_day AS as_of, a.since,
       c.dimension, c.key, c.month, c.event_month, c.shipped, c.events, c.leavers
  FROM asked AS a
  LEFT JOIN cell AS c ON true
 ORDER BY c.dimension, c.key, c.month, c.event_month
