-- The period of a unit's age at an event: twelve to a year, eleven of 30 days and a last
-- one of 35, so that 30, 60, 90, 365 and 730 days are ends of periods. Period 0 holds the
-- days 0 to 30, period 1 the days 31 to 60. Not STRICT, so that it can be inlined.
CREATE OR REPLACE FUNCTION age_period(days integer)
RETURNS integer
LANGUAGE sql IMMUTABLE PARALLEL SAFE
AS $$
    SELECT CASE WHEN days > 0 THEN 12 * ((days - 1) / 365) + least((days - 1) % 365 / 30, 11)
                WHEN days <= 0 THEN 0 END
$$;
