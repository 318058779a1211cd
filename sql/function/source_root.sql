-- Where a replacement, or a reimbursement, leads in the end: the order whose units it is about.
-- What leads in a circle, or further than sixteen steps, leads nowhere and stays what it is; so
-- the answer does not depend on the order in which the files came.
CREATE OR REPLACE FUNCTION source_root(own uuid)
RETURNS uuid
LANGUAGE plpgsql STABLE
AS $$
DECLARE
    here uuid := source_root.own;
    next uuid;
BEGIN
    FOR step IN 1..16 LOOP
        SELECT r.parent INTO next
          FROM source_row AS r
         WHERE r.own = here AND r.parent IS NOT NULL
         ORDER BY r.parent
         LIMIT 1;
        IF NOT FOUND THEN
            RETURN here;
        END IF;
        here := next;
    END LOOP;
    RETURN source_root.own;
END
$$;
