-- Makes the rollups anew from the ledger alone. For repairs, and for the tests, which
-- compare it with what folding made.
CREATE OR REPLACE FUNCTION rollup_rebuild()
RETURNS void
LANGUAGE plpgsql
AS $$
DECLARE
    next_version bigint;
BEGIN
    SELECT version + 1 INTO STRICT next_version FROM rollup_state FOR UPDATE;
    -- Nobody posts meanwhile: what this statement does not see must still wait afterwards.
    LOCK TABLE posting, unit_event IN SHARE ROW EXCLUSIVE MODE;
    TRUNCATE ship_cell, return_cell, cohort, cohort_return, lot_cohort, lot_return, lot_lag, lot_day,
             product_cohort, product_return, line_cohort, line_return, uncovered_return, rate_month;
    PERFORM rollup_add(NULL);
    UPDATE posting SET version = next_version WHERE version IS NULL;
    UPDATE rollup_state SET version = next_version, moved_at = now();
END
$$;
