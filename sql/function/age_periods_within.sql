-- How many periods of age are over within so many days: 0 before 30, 1 from 30, 3 from 90, 12 from 365.
CREATE OR REPLACE FUNCTION age_periods_within(days integer)
RETURNS integer
LANGUAGE sql IMMUTABLE PARALLEL SAFE
AS $$
    SELECT CASE WHEN days > 0 THEN 12 * (days / 365) + least(days % 365 / 30, 11)
                WHEN days <= 0 THEN 0 END
$$;
