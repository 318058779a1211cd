-- Moves a flag that stands: new figures, another level, a reason that is gone, or all of it
-- over. A flag that is raised further has to be acknowledged again. Only flag_record() calls it.
CREATE OR REPLACE FUNCTION flag_move(flag_id bigint, change text, level text, clean_since date, sentence text,
                                     evidence json, as_of date)
RETURNS void
LANGUAGE plpgsql
AS $$
DECLARE
    ranks constant text[] := '{no_verdict,watch,at_risk,loss_making}';
    was flag;
    now_is flag;
BEGIN
    SELECT * INTO STRICT was FROM flag AS f WHERE f.id = flag_id FOR NO KEY UPDATE;
    UPDATE flag AS f
       SET level = CASE WHEN change = 'cleared' THEN f.level ELSE flag_move.level END,
           state = CASE WHEN change = 'cleared' THEN 'cleared'
                        WHEN array_position(ranks, flag_move.level) > array_position(ranks, f.level::text) THEN 'raised'
                        ELSE f.state END,
           cleared_on = CASE WHEN change = 'cleared' THEN flag_move.as_of END,
           clean_since = flag_move.clean_since,
           sentence = coalesce(flag_move.sentence, f.sentence),
           evidence = coalesce(flag_move.evidence, f.evidence),
           as_of = CASE WHEN flag_move.evidence IS NULL THEN f.as_of ELSE flag_move.as_of END,
           row_version = f.row_version + 1,
           updated_at = clock_timestamp()
     WHERE f.id = flag_id
    RETURNING * INTO now_is;
    IF change IN ('level_changed', 'cleared') THEN
        INSERT INTO flag_event (public_id, flag, kind, from_level, to_level, note, evidence)
        VALUES (new_id('fev'), flag_id, change, was.level, CASE WHEN change = 'level_changed' THEN now_is.level END,
                now_is.sentence, flag_move.evidence);
    END IF;
END
$$;
