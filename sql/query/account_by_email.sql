-- account_by_email(email text)
--
-- The active account with this address, and its password's hash.
SELECT id AS account, password_hash FROM account WHERE email = $1 AND active
