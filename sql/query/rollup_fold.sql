-- rollup_fold()
--
-- Folds waiting postings of the ledger into the rollups by cohort.
--
-- lane: write
SELECT rollup_fold() AS folded
