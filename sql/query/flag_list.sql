-- flag_list(state text, line text, after_1 timestamptz, after_2 text, row_limit bigint)
--
-- Flags, newest first: of any state or one, of any line or one. One branch for
-- each index; the other ends at once. NOT_FOUND for a line that is not there.
--
-- keyset: raised_at, id
SELECT f.public_id AS id, l.public_id AS line, l.code AS line_code, l.name AS line_name, f.code, f.subject, f.level,
       f.state, f.sentence, f.as_of, f.raised_on, f.clean_since, f.cleared_on, f.row_version, f.raised_at, f.updated_at
  FROM ((SELECT *
           FROM flag
          WHERE $2 IS NULL
            AND ($1 IS NULL OR state = $1)
            AND (raised_at, public_id) < (coalesce($3, 'infinity'), coalesce($4, ''))
          ORDER BY raised_at DESC, public_id DESC
          LIMIT $5)
         UNION ALL
        (SELECT *
           FROM flag
          WHERE line = (SELECT CASE WHEN $2 IS NOT NULL THEN found(max(id)) END FROM product_line WHERE public_id = $2)
            AND ($1 IS NULL OR state = $1)
            AND (raised_at, public_id) < (coalesce($3, 'infinity'), coalesce($4, ''))
          ORDER BY raised_at DESC, public_id DESC
          LIMIT $5)) AS f
  JOIN product_line AS l ON l.id = f.line
 ORDER BY f.raised_at DESC, f.public_id DESC
 LIMIT $5
