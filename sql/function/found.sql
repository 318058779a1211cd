-- The id of what a list belongs to; where there is none, or it is not the
-- viewer's, the answer is NOT_FOUND and not an empty list.
CREATE OR REPLACE FUNCTION found(id bigint)
RETURNS bigint
LANGUAGE plpgsql
AS $$
BEGIN
    IF id IS NULL THEN
        PERFORM problem('NOT_FOUND');
    END IF;
    RETURN id;
END
$$;
