-- Puts a ticket, whose row the caller has locked, into a state, and tells it.
CREATE OR REPLACE FUNCTION ticket_enter(
    ticket_id bigint, state text, event_id text, actor_role text, actor bigint, note text)
RETURNS ticket
LANGUAGE plpgsql
AS $$
#variable_conflict use_column
DECLARE
    before text;
    moved ticket;
BEGIN
    SELECT t.state INTO before FROM ticket AS t WHERE t.id = ticket_id;
    UPDATE ticket
       SET state = ticket_enter.state, row_version = row_version + 1, updated_at = now()
     WHERE id = ticket_id
    RETURNING * INTO moved;
    INSERT INTO return_event (public_id, return, ticket, kind, actor_role, actor, from_state,
                              to_state, note)
    VALUES (event_id, moved.return, moved.id, 'ticket_moved', ticket_enter.actor_role,
            ticket_enter.actor, before, moved.state, ticket_enter.note);
    RETURN moved;
END
$$;
