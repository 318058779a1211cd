-- flag_get(id text)
--
-- One flag with the figures it stands on. No row: there is none.
SELECT f.public_id AS id, l.public_id AS line, l.code AS line_code, l.name AS line_name, f.code, f.subject, f.level,
       f.state, f.sentence, f.evidence, f.as_of, f.raised_on, f.clean_since, f.cleared_on, f.row_version, f.raised_at,
       f.updated_at
  FROM flag AS f
  JOIN product_line AS l ON l.id = f.line
 WHERE f.public_id = $1
