-- Makes a ticket of a return, whose row the caller has locked or just made.
CREATE OR REPLACE FUNCTION ticket_open(
    public_id text, return_id bigint, partner bigint, event_id text, actor_role text,
    actor bigint)
RETURNS ticket
LANGUAGE plpgsql
AS $$
#variable_conflict use_column
DECLARE
    made ticket;
BEGIN
    INSERT INTO ticket (public_id, return, partner)
    VALUES (ticket_open.public_id, return_id, ticket_open.partner)
        ON CONFLICT (return)
           WHERE state IN ('offered', 'accepted', 'appointed', 'in_work', 'waiting_parts', 'done')
           DO NOTHING
    RETURNING ticket.* INTO made;
    IF made.id IS NULL THEN
        PERFORM problem('TICKET_ALREADY_OPEN');
    END IF;
    INSERT INTO return_event (public_id, return, ticket, kind, actor_role, actor, to_state)
    VALUES (event_id, return_id, made.id, 'ticket_offered', ticket_open.actor_role,
            ticket_open.actor, made.state);
    RETURN made;
END
$$;
