-- Moves a return that the viewer may see, if it is as the viewer has seen it.
-- Returns its id, or nothing.
CREATE OR REPLACE FUNCTION return_move(
    viewer_role text, viewer bigint, actor bigint, return_id text, version bigint, to_state text,
    note text, event_id text
) RETURNS bigint
LANGUAGE plpgsql AS $$
#variable_conflict use_column
DECLARE
    was return%ROWTYPE;
    side text := CASE viewer_role WHEN 'customer' THEN 'customer' ELSE 'staff' END;
BEGIN
    SELECT * INTO was
      FROM return AS r
     WHERE r.public_id = return_id AND return_visible(viewer_role, viewer, r.id)
       FOR UPDATE;
    IF NOT FOUND THEN
        RETURN NULL;
    END IF;
    IF was.row_version <> version THEN
        PERFORM problem('STALE', was.row_version::text);
    END IF;
    IF NOT EXISTS (SELECT FROM return_transition AS t
                    WHERE t.from_state = was.state AND t.to_state = return_move.to_state
                      AND t.who = side) THEN
        PERFORM problem('TRANSITION_NOT_ALLOWED',
                        (SELECT string_agg(t.to_state, ',' ORDER BY t.to_state)
                           FROM return_transition AS t
                          WHERE t.from_state = was.state AND t.who = side));
    END IF;
    PERFORM return_enter(was.id, return_move.to_state);
    INSERT INTO return_event (public_id, return, kind, actor_role, actor, from_state, to_state, note)
    VALUES (event_id, was.id, 'state_changed', viewer_role, return_move.actor, was.state,
            return_move.to_state, return_move.note);
    RETURN was.id;
END
$$;
