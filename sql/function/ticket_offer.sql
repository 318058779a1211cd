-- Staff offers a return to a partner. No row: there is no such return.
CREATE OR REPLACE FUNCTION ticket_offer(
    viewer_role text, actor bigint, return_id text, partner_id text, public_id text,
    event_id text)
RETURNS SETOF ticket
LANGUAGE plpgsql
AS $$
#variable_conflict use_column
DECLARE
    what return;
    helper bigint;
BEGIN
    SELECT *
      INTO what
      FROM return AS r
     WHERE r.public_id = return_id
       AND viewer_role IN ('agent', 'manager', 'admin')
       FOR NO KEY UPDATE;
    IF what.id IS NULL THEN
        RETURN;
    END IF;
    SELECT id INTO helper FROM partner WHERE partner.public_id = partner_id AND active;
    IF helper IS NULL THEN
        PERFORM problem('UNKNOWN_PARTNER');
    END IF;
    IF what.state NOT IN ('submitted', 'need_info', 'approved') THEN
        PERFORM problem('TRANSITION_NOT_ALLOWED');
    END IF;
    RETURN NEXT ticket_open(ticket_offer.public_id, what.id, helper, event_id, viewer_role,
                            ticket_offer.actor);
    UPDATE return
       SET newest_ticket = ticket_offer.public_id, row_version = row_version + 1,
           updated_at = now()
     WHERE id = what.id;
END
$$;
