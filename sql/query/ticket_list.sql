-- ticket_list(viewer_role text, viewer bigint, state text, open boolean, after_created_at timestamptz, after_id text, row_limit bigint)
--
-- Tickets, newest first; a partner's own only.
-- keyset: created_at, id
SELECT t.public_id AS id, t.state, r.public_id AS return, r.number, p.model, r.serial, r.reason,
       r.country, w.public_id AS partner, w.name AS partner_name, t.row_version, t.created_at,
       t.updated_at
  FROM ticket AS t
  JOIN return AS r ON r.id = t.return
  JOIN product AS p ON p.id = r.product
  JOIN partner AS w ON w.id = t.partner
 WHERE (t.created_at, t.public_id) < (coalesce($5, 'infinity'), coalesce($6, '~'))
   AND ($1 <> 'partner_tech' OR t.partner = $2)
   AND ($3::text IS NULL OR t.state = $3)
   AND ($4::boolean IS NULL OR $4 = (t.state NOT IN ('verified', 'declined', 'cancelled')))
 ORDER BY t.created_at DESC, t.public_id DESC
 LIMIT $7
