-- The period of a unit's age at an event: twelve to a year, eleven of 30 days and a last
-- one of 35, so that 30, 60, 90, 365 and 730 days are ends of periods. Period 0 holds the
-- days 0 to 30, period 1 the days 31 to 60.
CREATE OR REPLACE FUNCTION age_period(days integer)
RETURNS integer
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
AS $$
    SELECT 12 * (greatest(days - 1, 0) / 365) + least(greatest(days - 1, 0) % 365 / 30, 11)
$$;
