-- session_close(hash bytea)
--
-- Ends a session; the daemons are told by token_revoked. No row: there is none.
--
-- lane: write
   DELETE FROM token
    WHERE hash = $1
      AND account IS NOT NULL
RETURNING true AS closed
