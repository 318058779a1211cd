-- Ends the statement with a row of server/problems.def. Returns boolean only so
-- that it can stand in a condition: WHERE ends_on >= today OR problem(code).
CREATE OR REPLACE FUNCTION problem(code text, detail text DEFAULT NULL)
RETURNS boolean
LANGUAGE plpgsql
AS $$
BEGIN
    IF detail IS NULL THEN
        RAISE EXCEPTION USING ERRCODE = 'HT000', MESSAGE = code;
    END IF;
    RAISE EXCEPTION USING ERRCODE = 'HT000', MESSAGE = code, DETAIL = detail;
END
$$;
