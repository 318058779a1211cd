-- Puts a return, whose row the caller has locked, into a state. What follows
-- from it is done here and nowhere else: the event, the entry in the ledger, and
-- how long the customer's link lives.
CREATE OR REPLACE FUNCTION return_enter(
    return_id bigint, state text, event_id text, ticket_id bigint, actor_role text, actor bigint,
    note text)
RETURNS return
LANGUAGE plpgsql
AS $$
#variable_conflict use_column
DECLARE
    before return_state;
    after return_state;
    moved return;
BEGIN
    SELECT s.* INTO before
      FROM return AS r JOIN return_state AS s ON s.code = r.state
     WHERE r.id = return_id;
    SELECT s.* INTO after FROM return_state AS s WHERE s.code = return_enter.state;
    UPDATE return
       SET state = after.code, row_version = row_version + 1, updated_at = now()
     WHERE id = return_id
    RETURNING * INTO moved;
    INSERT INTO return_event (public_id, return, ticket, kind, actor_role, actor, from_state,
                              to_state, note)
    VALUES (event_id, return_id, ticket_id, 'state_changed', return_enter.actor_role,
            return_enter.actor, before.code, after.code, return_enter.note);
    IF before.counted <> after.counted THEN
        PERFORM return_post(moved, after.counted);
    END IF;
    IF before.open <> after.open THEN
        UPDATE token
           SET expires_at = now() + CASE WHEN after.open THEN interval '1 year'
                                         ELSE interval '90 days' END
         WHERE return = return_id;
    END IF;
    RETURN moved;
END
$$;
