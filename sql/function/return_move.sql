-- A person moves a return on. No row: not the viewer's. A return that ends takes
-- its ticket with it: work that is done counts as verified, other work stops.
CREATE OR REPLACE FUNCTION return_move(
    viewer_role text, viewer bigint, actor bigint, return_id text, version bigint, state text,
    note text, event_id text)
RETURNS SETOF return
LANGUAGE plpgsql
AS $$
#variable_conflict use_column
DECLARE
    mover text := CASE viewer_role WHEN 'customer' THEN 'customer' ELSE 'staff' END;
    was return;
    allowed text[];
    work ticket;
BEGIN
    SELECT *
      INTO was
      FROM return AS r
     WHERE r.public_id = return_id
       AND (viewer_role IN ('agent', 'manager', 'admin')
            OR viewer_role = 'customer' AND r.id = viewer)
       FOR NO KEY UPDATE;
    IF was.id IS NULL THEN
        RETURN;
    END IF;
    IF was.row_version <> version THEN
        PERFORM problem('STALE', was.row_version::text);
    END IF;
    SELECT array_agg(to_state::text ORDER BY to_state)
      INTO allowed
      FROM return_transition
     WHERE from_state = was.state AND who = mover;
    IF return_move.state = ANY (allowed) IS NOT TRUE THEN
        PERFORM problem('TRANSITION_NOT_ALLOWED', array_to_string(allowed, ','));
    END IF;
    RETURN NEXT return_enter(was.id, return_move.state, event_id, NULL, viewer_role,
                             return_move.actor, return_move.note);
    IF return_move.state IN ('closed', 'rejected', 'cancelled') THEN
        SELECT t.*
          INTO work
          FROM ticket AS t JOIN ticket_state AS s ON s.code = t.state AND s.open
         WHERE t.return = was.id
           FOR NO KEY UPDATE OF t;
        IF work.id IS NOT NULL THEN
            PERFORM ticket_enter(work.id,
                                 CASE WHEN work.state = 'done' AND return_move.state = 'closed'
                                      THEN 'verified' ELSE 'cancelled' END,
                                 new_id('evt'), viewer_role, return_move.actor, NULL);
        END IF;
    END IF;
END
$$;
