-- Guessing passwords: how often signing in failed, so that all daemons know.

-- One row an e-mail address, whether or not an account has it: otherwise a delay
-- would tell that there is one. The address itself is not kept, only its hash
-- under the daemons' secret. A try is counted when it begins; the one that turns
-- out right takes the row away.
CREATE TABLE sign_in_failure (
    hash     bytea NOT NULL CONSTRAINT sign_in_failure_pkey PRIMARY KEY
             CONSTRAINT sign_in_failure_hash_length CHECK (octet_length(hash) = 32),
    failures integer NOT NULL CONSTRAINT sign_in_failure_failures_range CHECK (failures > 0),
    next_at  timestamptz NOT NULL -- until then no try is let in
);
CREATE INDEX sign_in_failure_next_at_idx ON sign_in_failure (next_at);
