-- Folds the waiting postings into the rollups, in the transaction that moves the version
-- on: a reader sees all of a posting or nothing of it. Returns how many were folded: 0
-- also while another daemon is at it.
CREATE OR REPLACE FUNCTION rollup_fold()
RETURNS bigint
LANGUAGE plpgsql
AS $$
DECLARE
    next_version bigint;
    waiting bigint[];
BEGIN
    IF NOT EXISTS (SELECT FROM posting WHERE version IS NULL) THEN
        RETURN 0;
    END IF;
    SELECT version + 1 INTO next_version FROM rollup_state FOR UPDATE SKIP LOCKED;
    IF NOT FOUND THEN
        RETURN 0;
    END IF;
    SELECT array_agg(id) INTO waiting
      FROM (SELECT id FROM posting WHERE version IS NULL ORDER BY id LIMIT 10000) AS first;
    IF waiting IS NULL THEN
        RETURN 0;
    END IF;
    PERFORM rollup_add(waiting);
    UPDATE posting SET version = next_version WHERE id = ANY (waiting);
    UPDATE rollup_state SET version = next_version, moved_at = now();
    RETURN cardinality(waiting);
END
$$;
