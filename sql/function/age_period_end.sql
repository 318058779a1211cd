-- The last day of age that a period holds: 30, 60, 90 ... 330, 365, 395.
CREATE OR REPLACE FUNCTION age_period_end(period integer)
RETURNS integer
LANGUAGE sql IMMUTABLE PARALLEL SAFE
AS $$
    SELECT 365 * ((period + 1) / 12) + 30 * ((period + 1) % 12)
$$;
