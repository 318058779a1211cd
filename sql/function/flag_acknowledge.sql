-- Somebody has seen a flag and says what is done about it. A flag that is cleared needs no
-- acknowledgement; one that is acknowledged may be once more, with another note. No row: there
-- is none.
CREATE OR REPLACE FUNCTION flag_acknowledge(actor bigint, flag_id text, version bigint, note text, event_id text)
RETURNS SETOF flag
LANGUAGE plpgsql
AS $$
DECLARE
    was flag;
BEGIN
    SELECT * INTO was FROM flag AS f WHERE f.public_id = flag_id FOR NO KEY UPDATE;
    IF was.id IS NULL THEN
        RETURN;
    END IF;
    IF was.row_version <> version THEN
        PERFORM problem('STALE', was.row_version::text);
    END IF;
    IF was.state = 'cleared' THEN
        PERFORM problem('TRANSITION_NOT_ALLOWED', '');
    END IF;
    INSERT INTO flag_event (public_id, flag, kind, note, actor)
    VALUES (event_id, was.id, 'acknowledged', flag_acknowledge.note, flag_acknowledge.actor);
    RETURN QUERY
    UPDATE flag AS f
       SET state = 'acknowledged', row_version = f.row_version + 1, updated_at = clock_timestamp()
     WHERE f.id = was.id
    RETURNING f.*;
END
$$;
