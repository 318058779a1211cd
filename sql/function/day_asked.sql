-- The day as of which an analysis is made: today where `tz` is, if none is given. DATE_IN_FUTURE
-- for one that has not begun anywhere: by it everything young would look as if nothing more had come.
CREATE OR REPLACE FUNCTION day_asked(as_of date, tz text)
RETURNS date
LANGUAGE plpgsql STABLE
AS $$
BEGIN
    IF as_of > (now() AT TIME ZONE 'UTC' + interval '14 hours')::date THEN
        PERFORM problem('DATE_IN_FUTURE', 'as_of');
    END IF;
    RETURN coalesce(as_of, (now() AT TIME ZONE coalesce(tz, 'UTC'))::date);
END
$$;
