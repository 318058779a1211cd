-- return_message(viewer_role text, viewer bigint, actor bigint, return_id text, event_id text, note text, internal boolean)
--
-- Adds a message to a return.
-- lane: write
WITH added AS (
    INSERT INTO return_event (public_id, return, kind, actor_role, actor, note, internal)
    SELECT $5, r.id, 'message', $1, $3, $6, $7
      FROM return AS r
     WHERE r.public_id = $4 AND return_visible($1, $2, r.id)
    RETURNING *
)
SELECT e.public_id AS id, e.kind, e.actor_role, p.name AS actor_name, e.from_state, e.to_state,
       e.note, e.internal, e.created_at
  FROM added AS e
  LEFT JOIN account AS a ON a.id = e.actor
  LEFT JOIN partner AS p ON p.id = a.partner
