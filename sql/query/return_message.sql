-- return_message(viewer_role text, viewer bigint, actor bigint, return_id text, event_id text, note text, internal boolean)
--
-- Adds a message to a return. No row: not the viewer's.
--
-- lane: write
WITH seen AS MATERIALIZED (
    SELECT id
      FROM return
     WHERE public_id = $4
       AND ($1 IN ('agent', 'manager', 'admin') OR $1 = 'customer' AND id = $2)
)
   INSERT INTO return_event (public_id, return, kind, actor_role, actor, note, internal)
   SELECT $5, seen.id, 'message', $1, $3, $6, coalesce($7, false)
     FROM seen
    WHERE NOT coalesce($7, false)
       OR $1 <> 'customer'
       OR problem('FORBIDDEN')
RETURNING public_id AS id, kind, actor_role, NULL::text AS actor_name, from_state, to_state, note,
          internal, created_at
