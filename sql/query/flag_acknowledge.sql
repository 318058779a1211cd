-- flag_acknowledge(actor bigint, id text, version bigint, note text, event_id text)
--
-- Somebody has seen a flag and says what is done about it; answers as flag_get
-- does. No row: there is none.
--
-- lane: write
SELECT f.public_id AS id, l.public_id AS line, l.code AS line_code, l.name AS line_name, f.code, f.subject, f.level,
       f.state, f.sentence, f.evidence, f.as_of, f.raised_on, f.clean_since, f.cleared_on, f.row_version, f.raised_at,
       f.updated_at
  FROM flag_acknowledge($1, $2, $3, $4, $5) AS f
  JOIN product_line AS l ON l.id = f.line
