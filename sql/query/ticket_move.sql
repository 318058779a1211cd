-- ticket_move(viewer_role text, viewer bigint, actor bigint, id text, version bigint, to_state text, note text, event_id text)
--
-- Moves a ticket, and its return with it.
-- lane: write
SELECT t.public_id AS id, t.state, r.public_id AS return, r.number, p.model, r.serial, r.reason,
       r.country, w.public_id AS partner, w.name AS partner_name, t.row_version, t.created_at,
       t.updated_at, r.description,
       (SELECT coalesce(json_agg(m.to_state ORDER BY m.to_state), '[]')
          FROM ticket_transition AS m
         WHERE m.from_state = t.state
           AND m.who = CASE $1 WHEN 'partner_tech' THEN 'partner' ELSE 'staff' END) AS allowed,
       CASE WHEN shown THEN r.name END AS "contact.name",
       CASE WHEN shown THEN r.email END AS "contact.email",
       CASE WHEN shown THEN r.phone END AS "contact.phone"
  FROM ticket_move($1, $2, $3, $4, $5, $6, $7, $8) AS moved
  JOIN ticket AS t ON t.id = moved
  JOIN return AS r ON r.id = t.return
  JOIN product AS p ON p.id = r.product
  JOIN partner AS w ON w.id = t.partner
 CROSS JOIN LATERAL (
           SELECT $1 <> 'partner_tech'
                  OR t.state NOT IN ('declined', 'cancelled', 'verified')
                  OR (t.state = 'verified' AND t.updated_at > now() - interval '30 days') AS shown
       ) AS contact
