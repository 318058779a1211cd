-- Moves a ticket that the viewer may see, if it is as the viewer has seen it,
-- and its return with it. The return's row is locked first, as everywhere.
-- Returns the ticket's id, or nothing.
CREATE OR REPLACE FUNCTION ticket_move(
    viewer_role text, viewer bigint, actor bigint, ticket_id text, version bigint, to_state text,
    note text, event_id text
) RETURNS bigint
LANGUAGE plpgsql AS $$
#variable_conflict use_column
DECLARE
    what  return%ROWTYPE;
    was   ticket%ROWTYPE;
    moves ticket_transition%ROWTYPE;
    side  text := CASE viewer_role WHEN 'partner_tech' THEN 'partner' ELSE 'staff' END;
BEGIN
    SELECT r.* INTO what
      FROM ticket AS t
      JOIN return AS r ON r.id = t.return
     WHERE t.public_id = ticket_id
       AND (viewer_role <> 'partner_tech' OR t.partner = viewer)
       FOR UPDATE OF r;
    IF NOT FOUND THEN
        RETURN NULL;
    END IF;
    SELECT * INTO was FROM ticket AS t WHERE t.public_id = ticket_id FOR UPDATE;
    IF was.row_version <> version THEN
        PERFORM problem('STALE', was.row_version::text);
    END IF;
    SELECT * INTO moves
      FROM ticket_transition AS t
     WHERE t.from_state = was.state AND t.to_state = ticket_move.to_state AND t.who = side;
    IF NOT FOUND THEN
        PERFORM problem('TRANSITION_NOT_ALLOWED',
                        (SELECT string_agg(t.to_state, ',' ORDER BY t.to_state)
                           FROM ticket_transition AS t
                          WHERE t.from_state = was.state AND t.who = side));
    END IF;
    UPDATE ticket
       SET state = ticket_move.to_state, row_version = row_version + 1, updated_at = now()
     WHERE id = was.id;
    INSERT INTO return_event (public_id, return, ticket, kind, actor_role, actor, from_state, to_state, note)
    VALUES (event_id, what.id, was.id, 'ticket_moved', viewer_role, ticket_move.actor, was.state,
            ticket_move.to_state, ticket_move.note);
    IF moves.return_state <> what.state THEN
        PERFORM return_enter(what.id, moves.return_state);
        INSERT INTO return_event (public_id, return, ticket, kind, actor_role, from_state, to_state)
        VALUES (new_id('evt'), what.id, was.id, 'state_changed', 'system', what.state, moves.return_state);
    END IF;
    RETURN was.id;
END
$$;
