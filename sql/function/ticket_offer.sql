-- Offers a return to a partner. Returns the ticket's id, or nothing.
CREATE OR REPLACE FUNCTION ticket_offer(
    viewer_role text, viewer bigint, actor bigint, return_id text, partner_id text, ticket_id text,
    event_id text
) RETURNS bigint
LANGUAGE plpgsql AS $$
#variable_conflict use_column
DECLARE
    what    return%ROWTYPE;
    chosen  bigint;
    offered bigint;
    violated text;
BEGIN
    SELECT * INTO what
      FROM return AS r
     WHERE r.public_id = return_id AND return_visible(viewer_role, viewer, r.id)
       FOR UPDATE;
    IF NOT FOUND THEN
        RETURN NULL;
    END IF;
    SELECT p.id INTO chosen FROM partner AS p WHERE p.public_id = partner_id AND p.active;
    IF NOT FOUND THEN
        PERFORM problem('UNKNOWN_PARTNER');
    END IF;
    IF what.state NOT IN ('submitted', 'need_info', 'approved') THEN
        PERFORM problem('TRANSITION_NOT_ALLOWED');
    END IF;
    INSERT INTO ticket (public_id, return, partner)
    VALUES (ticket_id, what.id, chosen)
    RETURNING id INTO offered;
    INSERT INTO return_event (public_id, return, ticket, kind, actor_role, actor, to_state)
    VALUES (event_id, what.id, offered, 'ticket_offered', viewer_role, ticket_offer.actor, 'offered');
    RETURN offered;
EXCEPTION
    WHEN unique_violation THEN
        GET STACKED DIAGNOSTICS violated = CONSTRAINT_NAME;
        IF violated = 'ticket_open_key' THEN
            PERFORM problem('TICKET_ALREADY_OPEN');
        END IF;
        RAISE;
END
$$;
