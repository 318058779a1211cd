-- partner_get(id text)
--
-- One service partner, and how many tickets it has open.
SELECT w.public_id AS id, w.name, w.country, w.active, w.created_at,
       (SELECT count(*)
          FROM ticket_state AS s
          JOIN ticket AS t ON t.partner = w.id AND t.state = s.code
         WHERE s.open) AS open_tickets
  FROM partner AS w
 WHERE w.public_id = $1
