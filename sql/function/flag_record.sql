-- Writes what the judgement of a day has changed of flags, as server/line/standing.h tells:
-- [{flag, line, code, subject, level, change, clean_since, sentence, evidence}], sentence and
-- evidence null where there are no new figures; and what the statuses of lines are now:
-- [{line, status}]. Only whoever has the lock of flag_claim() calls it. Returns how many flags
-- were raised, raised further, lowered or cleared.
CREATE OR REPLACE FUNCTION flag_record(as_of date, changes json, statuses json, data_version bigint,
                                       settings_version bigint)
RETURNS bigint
LANGUAGE plpgsql
AS $$
DECLARE
    told record;
    changed bigint := 0;
    moved bigint;
    present bigint := flag_record.settings_version;
BEGIN
    FOR told IN
        SELECT *
          FROM json_to_recordset(changes)
               AS t (flag bigint, line bigint, code text, subject text, level text, change text, clean_since date,
                     sentence text, evidence json)
    LOOP
        IF told.change = 'raised' THEN
            PERFORM flag_raise(told.line, told.code, told.subject, told.level, told.sentence, told.evidence,
                               flag_record.as_of);
        ELSE
            PERFORM flag_move(told.flag, told.change, told.level, told.clean_since, told.sentence, told.evidence,
                              flag_record.as_of);
        END IF;
        changed := changed + (told.change IN ('raised', 'level_changed', 'cleared'))::int;
    END LOOP;
    INSERT INTO line_status AS s (line, status, since)
    SELECT t.line, t.status, flag_record.as_of
      FROM json_to_recordset(statuses) AS t (line bigint, status text)
        ON CONFLICT (line) DO UPDATE
       SET status = excluded.status, since = excluded.since
     WHERE s.status <> excluded.status;
    GET DIAGNOSTICS moved = ROW_COUNT;
    -- What analyses tell of statuses and of lots that are watched anew is another now.
    IF changed + moved > 0 THEN
        UPDATE settings_state SET version = version + 1 RETURNING version INTO present;
        -- Somebody else's change meanwhile is still to be judged.
        present := CASE WHEN present = flag_record.settings_version + 1 THEN present ELSE flag_record.settings_version END;
    END IF;
    UPDATE flag_run
       SET data_version = flag_record.data_version, settings_version = present, as_of = flag_record.as_of,
           evaluated_at = clock_timestamp();
    RETURN changed;
END
$$;
