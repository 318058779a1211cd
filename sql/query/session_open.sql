-- session_open(account bigint, hash bytea, token text)
--
-- Keeps a session's hash; the token itself only goes out again.
-- lane: write
WITH opened AS (
    INSERT INTO token (hash, account, expires_at)
    VALUES ($2, $1, now() + interval '12 hours')
    RETURNING account, expires_at
)
SELECT $3 AS token, a.role, a.name, o.expires_at
  FROM opened AS o
  JOIN account AS a ON a.id = o.account
