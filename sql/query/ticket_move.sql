-- ticket_move(viewer_role text, viewer bigint, actor bigint, ticket_id text, version bigint, state text, note text, event_id text)
--
-- Moves a ticket to another state, and its return with it; answers as ticket_get
-- does. No row: not the viewer's.
--
-- lane: write
SELECT t.public_id AS id, t.state, r.public_id AS return, r.number, r.model, r.serial, r.reason,
       r.country, w.public_id AS partner, w.name AS partner_name, t.row_version, t.created_at,
       t.updated_at, r.description,
       (SELECT coalesce(json_agg(m.to_state ORDER BY m.to_state), '[]')
          FROM ticket_transition AS m
         WHERE m.from_state = t.state
           AND m.who = CASE $1 WHEN 'partner_tech' THEN 'partner' ELSE 'staff' END) AS allowed,
       CASE WHEN c.shown THEN r.name END AS "contact.name",
       CASE WHEN c.shown THEN r.email END AS "contact.email",
       CASE WHEN c.shown THEN r.phone END AS "contact.phone"
  FROM ticket_move($1, $2, $3, $4, $5, $6, $7, $8) AS t
  JOIN return AS r ON r.id = t.return
  JOIN partner AS w ON w.id = t.partner
 CROSS JOIN LATERAL (SELECT $1 <> 'partner_tech'
                            OR CASE t.state WHEN 'declined' THEN false
                                            WHEN 'cancelled' THEN false
                                            WHEN 'verified'
                                            THEN t.updated_at > now() - interval '30 days'
                                            ELSE true END AS shown) AS c
