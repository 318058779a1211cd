-- partner_get(id text)
--
-- One service partner, and how many tickets it has open.
SELECT p.public_id AS id, p.name, p.country, p.active, p.created_at,
       (SELECT count(*) FROM ticket AS t
         WHERE t.partner = p.id
           AND t.state IN ('offered', 'accepted', 'appointed', 'in_work', 'waiting_parts', 'done')
       ) AS open_tickets
  FROM partner AS p
 WHERE p.public_id = $1
