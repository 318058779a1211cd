-- session_open(account bigint, hash bytea, token text, name bytea)
--
-- Opens a session of at most 12 hours, and forgets the failed sign-ins under `name`.
--
-- lane: write
WITH opened AS (
       INSERT INTO token (hash, account, expires_at)
       SELECT $2, id, now() + interval '12 hours' FROM account WHERE id = $1 AND active
    RETURNING account, expires_at
), forgiven AS (
       DELETE FROM sign_in_failure WHERE hash = $4 AND EXISTS (SELECT FROM opened)
)
SELECT $3 AS token, a.role, a.name, opened.expires_at
  FROM opened
  JOIN account AS a ON a.id = opened.account
