-- Whether the events of a month are known as they were at the end of a day: they are kept by
-- month, so if the month was over by then, or if nothing can have come since.
CREATE OR REPLACE FUNCTION month_is_known(month date, as_of date)
RETURNS boolean
LANGUAGE sql STABLE
AS $$
    SELECT (month + interval '1 month')::date <= as_of + 1 OR as_of >= (now() AT TIME ZONE 'UTC')::date
$$;
