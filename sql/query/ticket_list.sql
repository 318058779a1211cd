-- ticket_list(viewer_role text, viewer bigint, state text, open boolean, after_1 timestamptz, after_2 text, row_limit bigint)
--
-- Tickets, newest first; a partner's own only. One branch for each index; the
-- other ends at once.
--
-- keyset: created_at, id
SELECT t.public_id AS id, t.state, r.public_id AS return, r.number, r.model, r.serial, r.reason,
       r.country, w.public_id AS partner, w.name AS partner_name, t.row_version, t.created_at,
       t.updated_at
  FROM ((SELECT *
           FROM ticket
          WHERE $1 = 'partner_tech'
            AND partner = $2
            AND ($3 IS NULL OR state = $3)
            AND ($4 IS NULL OR state IN (SELECT code FROM ticket_state WHERE open = $4))
            AND (created_at, public_id) < (coalesce($5, 'infinity'), coalesce($6, ''))
          ORDER BY created_at DESC, public_id DESC
          LIMIT $7)
         UNION ALL
        (SELECT *
           FROM ticket
          WHERE $1 IN ('agent', 'manager', 'admin')
            AND ($3 IS NULL OR state = $3)
            AND ($4 IS NULL OR state IN (SELECT code FROM ticket_state WHERE open = $4))
            AND (created_at, public_id) < (coalesce($5, 'infinity'), coalesce($6, ''))
          ORDER BY created_at DESC, public_id DESC
          LIMIT $7)) AS t
  JOIN return AS r ON r.id = t.return
  JOIN partner AS w ON w.id = t.partner
 ORDER BY t.created_at DESC, t.public_id DESC
 LIMIT $7
