-- Raises a flag. Only flag_record() calls it.
CREATE OR REPLACE FUNCTION flag_raise(line bigint, code text, subject text, level text, sentence text, evidence json, as_of date)
RETURNS void
LANGUAGE plpgsql
AS $$
DECLARE
    flag_id bigint;
BEGIN
    INSERT INTO flag (public_id, line, code, subject, level, sentence, evidence, as_of, raised_on)
    VALUES (new_id('flg'), $1, $2, $3, $4, $5, $6, $7, $7)
    RETURNING id INTO flag_id;
    INSERT INTO flag_event (public_id, flag, kind, to_level, note, evidence)
    VALUES (new_id('fev'), flag_id, 'raised', $4, $5, $6);
END
$$;
