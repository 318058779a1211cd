-- ticket_event_list(viewer_role text, viewer bigint, ticket_id text, after_created_at timestamptz, after_id text, row_limit bigint)
--
-- What happened to the return of a ticket, newest first.
-- keyset: created_at, id
SELECT e.public_id AS id, e.kind, e.actor_role, p.name AS actor_name, e.from_state, e.to_state,
       e.note, e.internal, e.created_at
  FROM return_event AS e
  LEFT JOIN account AS a ON a.id = e.actor
  LEFT JOIN partner AS p ON p.id = a.partner
 WHERE e.return = (SELECT t.return FROM ticket AS t
                    WHERE t.public_id = $3
                      AND ($1 <> 'partner_tech' OR t.partner = $2))
   AND (e.created_at, e.public_id) < (coalesce($4, 'infinity'), coalesce($5, '~'))
   AND (NOT e.internal OR $1 IN ('agent', 'manager', 'admin'))
 ORDER BY e.created_at DESC, e.public_id DESC
 LIMIT $6
