-- rate_fold()
--
-- Folds the waiting changes of the return rates into the rollup. Those that
-- another daemon is folding are skipped; the order of the rollup's rows is that
-- of every other writer, so that nobody waits in a circle.
--
-- lane: write
WITH waiting AS MATERIALIZED (
    SELECT id FROM rate_delta ORDER BY id LIMIT 10000 FOR UPDATE SKIP LOCKED
), taken AS (
    DELETE FROM rate_delta AS d USING waiting AS w WHERE d.id = w.id RETURNING d.*
)
INSERT INTO rate_month AS m (line, month, country, channel, sold, returned)
SELECT line, month, country, channel, sum(sold), sum(returned)
  FROM taken
 GROUP BY line, month, country, channel
 ORDER BY line, month, country, channel
    ON CONFLICT (line, month, country, channel) DO UPDATE
   SET sold = m.sold + excluded.sold, returned = m.returned + excluded.returned
