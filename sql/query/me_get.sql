-- me_get(hash bytea)
--
-- Who holds a token, in public ids.
SELECT CASE WHEN t.return IS NOT NULL THEN 'customer' ELSE a.role END AS role,
       a.public_id AS account, a.name, p.public_id AS partner, p.name AS partner_name,
       r.public_id AS return, t.expires_at
  FROM token AS t
  LEFT JOIN account AS a ON a.id = t.account
  LEFT JOIN partner AS p ON p.id = a.partner
  LEFT JOIN return AS r ON r.id = t.return
 WHERE t.hash = $1
