-- Posts to the ledger that a returned machine counts from today, or that it does not any
-- more: then what was posted for it is taken back as of its own day. Only return_enter() calls it.
CREATE OR REPLACE FUNCTION return_post(moved return, counts boolean)
RETURNS void
LANGUAGE sql
AS $$
WITH posted AS (
    INSERT INTO posting DEFAULT VALUES RETURNING id
), event AS (
    SELECT moved.product, moved.country::text AS country, coalesce(moved.channel, 'direct') AS channel,
           coalesce(u.lot, '') AS lot, CASE WHEN u.shipped_on <= t.day THEN u.shipped_on END AS ship_day,
           t.day AS event_day, r.class::text AS class, moved.reason::text AS reason, 1 AS units
      FROM (SELECT (now() AT TIME ZONE 'UTC')::date AS day) AS t
      JOIN return_reason AS r ON r.code = moved.reason
      LEFT JOIN unit AS u ON u.id = moved.unit
     WHERE counts
     UNION ALL
    SELECT product, country, channel, lot, ship_day, event_day, class, reason, -sum(units)
      FROM unit_event
     WHERE return = moved.id AND NOT counts
     GROUP BY product, country, channel, lot, ship_day, event_day, class, reason
    HAVING sum(units) <> 0
)
INSERT INTO unit_event (posting, product, country, channel, lot, ship_day, event_day, class, reason, units, return)
SELECT posted.id, e.product, e.country, e.channel, e.lot, e.ship_day, e.event_day, e.class, e.reason, e.units, moved.id
  FROM posted, event AS e
$$;
