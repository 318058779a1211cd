-- flag_setting_event_list(name text, after_1 timestamptz, after_2 text, row_limit bigint)
--
-- The values a threshold has had, newest first.
--
-- keyset: created_at, id
SELECT s.public_id AS id, s.name, s.value, s.note, a.name AS actor_name, s.created_at
  FROM flag_setting AS s
  LEFT JOIN account AS a ON a.id = s.actor
 WHERE s.name = $1
   AND (s.created_at, s.public_id) < (coalesce($2, 'infinity'), coalesce($3, ''))
 ORDER BY s.created_at DESC, s.public_id DESC
 LIMIT $4
