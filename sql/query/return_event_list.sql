-- return_event_list(viewer_role text, viewer bigint, return_id text, after_created_at timestamptz, after_id text, row_limit bigint)
--
-- What happened to a return, newest first; internal events are for staff.
-- keyset: created_at, id
SELECT e.public_id AS id, e.kind, e.actor_role, p.name AS actor_name, e.from_state, e.to_state,
       e.note, e.internal, e.created_at
  FROM return_event AS e
  LEFT JOIN account AS a ON a.id = e.actor
  LEFT JOIN partner AS p ON p.id = a.partner
 WHERE e.return = (SELECT r.id FROM return AS r
                    WHERE r.public_id = $3
                      AND (return_visible($1, $2, r.id) OR problem('NOT_FOUND')))
   AND (e.created_at, e.public_id) < (coalesce($4, 'infinity'), coalesce($5, '~'))
   AND (NOT e.internal OR $1 IN ('agent', 'manager', 'admin'))
 ORDER BY e.created_at DESC, e.public_id DESC
 LIMIT $6
