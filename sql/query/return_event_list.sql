-- return_event_list(viewer_role text, viewer bigint, return_id text, after_1 timestamptz, after_2 text, row_limit bigint)
--
-- What happened to a return, newest first; internal notes are for staff only.
--
-- keyset: created_at, id
SELECT e.public_id AS id, e.kind, e.actor_role, w.name AS actor_name, e.from_state, e.to_state,
       e.note, e.internal, e.created_at
  FROM return_event AS e
  LEFT JOIN ticket AS k ON k.id = e.ticket AND e.actor_role = 'partner_tech'
  LEFT JOIN partner AS w ON w.id = k.partner
 WHERE e.return = (SELECT found(max(r.id))
                     FROM return AS r
                    WHERE r.public_id = $3
                      AND ($1 IN ('agent', 'manager', 'admin')
                           OR $1 = 'customer' AND r.id = $2))
   AND (NOT e.internal OR $1 IN ('agent', 'manager', 'admin'))
   AND (e.created_at, e.public_id) < (coalesce($4, 'infinity'), coalesce($5, ''))
 ORDER BY e.created_at DESC, e.public_id DESC
 LIMIT $6
