-- The channels that are asked for, and for how many days, and whole periods of age, their units
-- stand on a shelf before they are used: none by the clock `ship`, which takes all at once.
CREATE OR REPLACE FUNCTION channel_lag(line bigint, wanted text, clock text)
RETURNS TABLE (channel text, days integer, lag integer)
LANGUAGE plpgsql STABLE ROWS 4
AS $$
#variable_conflict use_column
BEGIN
    IF $3 = 'in_service' THEN
        RETURN QUERY
        SELECT c.channel::text, d.days, age_periods_within(d.days)
          FROM (SELECT DISTINCT channel FROM cohort WHERE line = $1 AND channel = coalesce($2, channel)) AS c
          LEFT JOIN sell_through AS s ON s.channel = c.channel,
               LATERAL (SELECT coalesce(s.days, 0) AS days) AS d;
    ELSE
        RETURN QUERY SELECT $2, 0, 0;
    END IF;
END
$$;
