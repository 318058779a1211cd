-- ticket_event_list(viewer_role text, viewer bigint, ticket_id text, after_1 timestamptz, after_2 text, row_limit bigint)
--
-- What happened to the return of a ticket, newest first. Staff sees everything;
-- a partner neither internal notes nor what happened to other partners' tickets.
--
-- keyset: created_at, id
SELECT e.public_id AS id, e.kind, e.actor_role, w.name AS actor_name, e.from_state, e.to_state,
       e.note, e.internal, e.created_at
  FROM return_event AS e
  LEFT JOIN ticket AS k ON k.id = e.ticket AND e.actor_role = 'partner_tech'
  LEFT JOIN partner AS w ON w.id = k.partner
 WHERE e.return = (SELECT found(max(t.return))
                     FROM ticket AS t
                    WHERE t.public_id = $3
                      AND ($1 IN ('agent', 'manager', 'admin')
                           OR $1 = 'partner_tech' AND t.partner = $2))
   AND ($1 <> 'partner_tech'
        OR NOT e.internal
           AND (e.ticket IS NULL OR e.ticket = (SELECT id FROM ticket WHERE public_id = $3)))
   AND (e.created_at, e.public_id) < (coalesce($4, 'infinity'), coalesce($5, ''))
 ORDER BY e.created_at DESC, e.public_id DESC
 LIMIT $6
