-- The first day of the month of a day. Of a timestamp, since for a date alone the time zone is asked,
-- which takes three times as long.
CREATE OR REPLACE FUNCTION month_of(day date)
RETURNS date
LANGUAGE sql IMMUTABLE PARALLEL SAFE
AS $$
    SELECT date_trunc('month', day::timestamp)::date
$$;
