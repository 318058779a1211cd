-- flag_event_list(flag text, after_1 timestamptz, after_2 text, row_limit bigint)
--
-- What happened to a flag, newest first, with the figures of each moment.
--
-- keyset: created_at, id
SELECT e.public_id AS id, e.kind, e.from_level, e.to_level, e.note, e.evidence, a.name AS actor_name, e.created_at
  FROM flag_event AS e
  LEFT JOIN account AS a ON a.id = e.actor
 WHERE e.flag = (SELECT found(max(f.id)) FROM flag AS f WHERE f.public_id = $1)
   AND (e.created_at, e.public_id) < (coalesce($2, 'infinity'), coalesce($3, ''))
 ORDER BY e.created_at DESC, e.public_id DESC
 LIMIT $4
