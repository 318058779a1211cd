-- Puts a return, whose row the caller has locked, into a state, and appends
-- what that changes in the return rates.
CREATE OR REPLACE FUNCTION return_enter(which bigint, to_state text) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
    change integer;
    was    return%ROWTYPE;
BEGIN
    SELECT * INTO was FROM return WHERE id = which;
    UPDATE return
       SET state = to_state, row_version = row_version + 1, updated_at = now()
     WHERE id = which;
    SELECT new.counted::int - old.counted::int INTO change
      FROM return_state AS new, return_state AS old
     WHERE new.code = to_state AND old.code = was.state;
    IF change <> 0 THEN
        INSERT INTO rate_delta (line, month, country, channel, sold, returned)
        SELECT p.line, date_trunc('month', now() AT TIME ZONE 'UTC')::date, was.country,
               coalesce(was.channel, 'direct'), 0, change
          FROM product AS p
         WHERE p.id = was.product;
    END IF;
    IF to_state IN ('closed', 'rejected', 'cancelled') THEN
        UPDATE token SET expires_at = now() + interval '90 days' WHERE return = which;
    END IF;
END
$$;
