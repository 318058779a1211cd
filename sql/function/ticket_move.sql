-- A partner or staff moves a ticket on, and its return with it. No row: not the
-- viewer's. The return is locked before the ticket, here as everywhere: two
-- orders would be a deadlock.
CREATE OR REPLACE FUNCTION ticket_move(
    viewer_role text, viewer bigint, actor bigint, ticket_id text, version bigint, state text,
    note text, event_id text)
RETURNS SETOF ticket
LANGUAGE plpgsql
AS $$
#variable_conflict use_column
DECLARE
    mover text := CASE viewer_role WHEN 'partner_tech' THEN 'partner' ELSE 'staff' END;
    what return;
    was ticket;
    step ticket_transition;
BEGIN
    SELECT r.*
      INTO what
      FROM ticket AS t JOIN return AS r ON r.id = t.return
     WHERE t.public_id = ticket_id
       AND (viewer_role IN ('agent', 'manager', 'admin')
            OR viewer_role = 'partner_tech' AND t.partner = viewer)
       FOR NO KEY UPDATE OF r;
    IF what.id IS NULL THEN
        RETURN;
    END IF;
    SELECT * INTO was FROM ticket AS t WHERE t.public_id = ticket_id FOR NO KEY UPDATE;
    IF was.row_version <> version THEN
        PERFORM problem('STALE', was.row_version::text);
    END IF;
    SELECT *
      INTO step
      FROM ticket_transition
     WHERE from_state = was.state AND to_state = ticket_move.state AND who = mover;
    IF step.to_state IS NULL THEN
        PERFORM problem('TRANSITION_NOT_ALLOWED', string_agg(to_state, ',' ORDER BY to_state))
           FROM ticket_transition
          WHERE from_state = was.state AND who = mover;
    END IF;
    RETURN NEXT ticket_enter(was.id, step.to_state, event_id, viewer_role, ticket_move.actor,
                             ticket_move.note);
    IF step.return_state <> what.state THEN
        PERFORM return_enter(what.id, step.return_state, new_id('evt'), was.id, viewer_role,
                             ticket_move.actor, NULL);
    END IF;
END
$$;
