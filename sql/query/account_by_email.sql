-- account_by_email(email text)
--
-- The account that may sign in with an e-mail address, and its password's hash.
-- No row: unknown, or switched off, or of a partner that is.
SELECT a.id AS account, a.password_hash
  FROM account AS a
  LEFT JOIN partner AS w ON w.id = a.partner
 WHERE a.email = $1
   AND a.active
   AND w.active IS NOT FALSE
