-- The last month whose events are known as they were at the end of a day. They are kept by month: it
-- is the month of the day if that was over by then, or if nothing can have come since.
CREATE OR REPLACE FUNCTION month_known(as_of date)
RETURNS date
LANGUAGE sql STABLE
AS $$
    SELECT (date_trunc('month', as_of + 1)
            - CASE WHEN as_of + 1 > date_trunc('month', as_of + 1) AND as_of >= (now() AT TIME ZONE 'UTC')::date
                   THEN interval '0' ELSE interval '1 month' END)::date
$$;
