SELECT id AS tillers FROM product_line WHERE code = 'tiller' \gset
SELECT id AS generators FROM product_line WHERE code = 'generator' \gset
SELECT version AS settings FROM settings_state \gset
CREATE FUNCTION standing() RETURNS TABLE (line code, code code, subject text, level code, state code, as_of date, clean_since date, cleared_on date, version bigint, sentence text) LANGUAGE sql AS $$ SELECT l.code, f.code, f.subject, f.level, f.state, f.as_of, f.clean_since, f.cleared_on, f.row_version, f.sentence FROM flag AS f JOIN product_line AS l ON l.id = f.line ORDER BY f.id $$;
CREATE FUNCTION change(flag bigint, change text, level text, clean_since text, sentence text) RETURNS json LANGUAGE sql AS $$ SELECT json_build_array(json_build_object('flag', flag, 'change', change, 'level', level, 'clean_since', clean_since, 'sentence', sentence, 'evidence', CASE WHEN sentence IS NOT NULL THEN '{"n": 2}'::json END)) $$;

\echo '# Lines are to be judged when data, settings or the day have moved, and not more often than is asked for.'
EXECUTE flag_claim(30);
UPDATE flag_run SET data_version = (SELECT version FROM rollup_state), settings_version = :settings, as_of = (now() AT TIME ZONE 'UTC')::date, evaluated_at = now() - interval '10 s';
EXECUTE flag_claim(5);
UPDATE settings_state SET version = version + 1;
EXECUTE flag_claim(30);
EXECUTE flag_claim(5);

\echo '# What is found is raised, with an event that keeps its figures; statuses are kept with the day of their change.'
EXECUTE flag_record('2026-03-01', ('[{"line": "' || :tillers || '", "code": "rising", "subject": "", "level": "watch", "change": "raised", "sentence": "More.", "evidence": {"n": 1}}, {"line": "' || :tillers || '", "code": "batch_cluster", "subject": "2603A", "level": "watch", "change": "raised", "sentence": "Lot.", "evidence": {"n": 1}}]')::json, ('[{"line": "' || :tillers || '", "status": "watch"}, {"line": "' || :generators || '", "status": "earning"}]')::json, 7, :settings);
SELECT * FROM standing();
SELECT kind, from_level, to_level, note, evidence, actor FROM flag_event ORDER BY id;
SELECT l.code, s.status, s.since FROM line_status AS s JOIN product_line AS l ON l.id = s.line ORDER BY 1;
SELECT data_version, settings_version - :settings AS settings, as_of FROM flag_run;

\echo '# Somebody else''s change of the settings meanwhile is still to be judged.'
SELECT settings_version < (SELECT version FROM settings_state) AS behind FROM flag_run;
SELECT version AS settings FROM settings_state \gset
EXECUTE flag_record('2026-03-01', '[]', '[]', 7, :settings);
SELECT settings_version = (SELECT version FROM settings_state) AS level FROM flag_run;

\set VERBOSITY terse
\echo '# A flag stands once.'
EXECUTE flag_record('2026-03-02', ('[{"line": "' || :tillers || '", "code": "rising", "subject": "", "level": "watch", "change": "raised", "sentence": "More.", "evidence": {"n": 1}}]')::json, '[]', 7, :settings);
\set VERBOSITY default

\echo '# It is acknowledged with a note, by whoever has seen its present version; raised further it asks for more.'
SELECT id AS rising, public_id AS rising_id FROM flag WHERE code = 'rising' \gset
EXECUTE flag_acknowledge(:ada, 'flg_zzzzzzzzzzzzzzzzzzzzzzzzzz', 1, 'Seen.', 'fev_00000000000000000000000001');
EXECUTE flag_acknowledge(:ada, :'rising_id', 7, 'Seen.', 'fev_00000000000000000000000001');
EXECUTE flag_acknowledge(:ada, :'rising_id', 1, 'Seen.', 'fev_00000000000000000000000001') \g /dev/null
SELECT state, version FROM standing() WHERE code = 'rising';
EXECUTE flag_record('2026-03-02', change(:rising, 'level_changed', 'at_risk', NULL, 'Much more.'), '[]', 8, :settings);
SELECT state, level, version, as_of, sentence FROM standing() WHERE code = 'rising';

\echo '# New figures change neither state nor level; a reason that is gone is noted, then the flag is cleared, and may be raised again.'
EXECUTE flag_acknowledge(:ada, :'rising_id', 3, 'Seen again.', 'fev_00000000000000000000000002') \g /dev/null
EXECUTE flag_record('2026-03-03', change(:rising, 'none', 'at_risk', NULL, 'Still more.'), '[]', 9, :settings);
EXECUTE flag_record('2026-03-04', change(:rising, 'clean', 'at_risk', '2026-03-04', NULL), '[]', 9, :settings);
SELECT state, level, version, as_of, clean_since, sentence FROM standing() WHERE code = 'rising';
EXECUTE flag_record('2026-04-03', change(:rising, 'level_changed', 'watch', NULL, 'A little more.'), '[]', 9, :settings);
SELECT state, level, clean_since FROM standing() WHERE code = 'rising';
EXECUTE flag_record('2026-05-03', change(:rising, 'cleared', 'watch', NULL, NULL), '[]', 9, :settings);
SELECT state, level, cleared_on, sentence FROM standing() WHERE code = 'rising';
EXECUTE flag_acknowledge(:ada, :'rising_id', 8, 'Seen.', 'fev_00000000000000000000000003');
EXECUTE flag_record('2026-05-04', ('[{"line": "' || :tillers || '", "code": "rising", "subject": "", "level": "watch", "change": "raised", "sentence": "More.", "evidence": {"n": 3}}]')::json, '[]', 9, :settings);
SELECT code, state FROM standing();
SELECT e.kind, e.from_level, e.to_level, e.note, e.evidence IS NOT NULL AS figures, a.name FROM flag_event AS e LEFT JOIN account AS a ON a.id = e.actor WHERE e.flag = :rising ORDER BY e.id;

\echo '# Flags that stand are what the next judgement begins with; lists filter by state and line.'
CREATE TEMP TABLE open_flags AS EXECUTE flag_standing_list;
SELECT code, subject, level, clean_since, as_of FROM open_flags;
CREATE TEMP TABLE listed AS EXECUTE flag_list(NULL, 'lin_00000000000000000000000001', NULL, NULL, 9);
SELECT code, state FROM listed;
CREATE TEMP TABLE cleared AS EXECUTE flag_list('cleared', NULL, NULL, NULL, 9);
SELECT code, state FROM cleared;
EXECUTE flag_list(NULL, 'lin_00000000000000000000000002', NULL, NULL, 9);
EXECUTE flag_list(NULL, 'lin_zzzzzzzzzzzzzzzzzzzzzzzzzz', NULL, NULL, 9);

\echo '# Thresholds: the newest value of each name that is asked for.'
EXECUTE flag_setting_enter(:ada, 'fse_00000000000000000000000001', 'ratio_min', 1.5, 'Fewer.') \g /dev/null
EXECUTE flag_setting_enter(:ada, 'fse_00000000000000000000000002', 'ratio_min', 1.4, 'Not so few.') \g /dev/null
CREATE TEMP TABLE thresholds AS EXECUTE flag_setting_list('age ratio_min');
SELECT name, changed, note, actor_name FROM thresholds;
CREATE TEMP TABLE values AS EXECUTE flag_setting_event_list('ratio_min', NULL, NULL, 9);
SELECT value, note, actor_name FROM values;
