-- me_get(hash bytea)
--
-- Whose token it is, and for a customer, which return it opens.
SELECT coalesce(a.role, 'customer') AS role,
       a.public_id AS account, a.name,
       w.public_id AS partner, w.name AS partner_name,
       r.public_id AS return,
       t.expires_at
  FROM token AS t
  LEFT JOIN account AS a ON a.id = t.account
  LEFT JOIN partner AS w ON w.id = a.partner
  LEFT JOIN return AS r ON r.id = t.return
 WHERE t.hash = $1
