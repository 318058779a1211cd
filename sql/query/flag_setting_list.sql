-- flag_setting_list(names text)
--
-- The thresholds of these names, with blanks between them, each as it was
-- changed last; nulls where it never was.
SELECT n.name, s.value AS changed, s.note, a.name AS actor_name, s.created_at
  FROM unnest(string_to_array($1, ' ')) WITH ORDINALITY AS n (name, nth)
  LEFT JOIN LATERAL (SELECT *
                       FROM flag_setting
                      WHERE name = n.name
                      ORDER BY created_at DESC, public_id DESC
                      LIMIT 1) AS s ON true
  LEFT JOIN account AS a ON a.id = s.actor
 ORDER BY n.nth
