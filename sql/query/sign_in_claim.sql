-- sign_in_claim(name bytea, allowed integer)
--
-- Takes a try to sign in; runs before the password is checked. Nothing to wait
-- for: it is let in, and counted as failed until session_open() says otherwise.
--
-- lane: write
SELECT sign_in_claim($1, $2) AS wait_s
