-- Puts what an amount of each currency and day in the temporary table source_amount is worth in
-- the reporting currency into the temporary table source_rate: a factor of minor units, by the
-- rate of that day. A currency without one counts as nothing, and is told in staged_warning.
CREATE OR REPLACE FUNCTION source_price(reporting text)
RETURNS void
LANGUAGE plpgsql
AS $$
#variable_conflict use_column
BEGIN
    INSERT INTO source_rate (currency, day, rows, factor)
    SELECT d.currency, d.day, d.rows,
           e.rate * power(10::numeric, currency_exponent(reporting) - currency_exponent(d.currency))
      FROM (SELECT currency, day, sum(rows) AS rows FROM source_amount GROUP BY currency, day) AS d
      LEFT JOIN LATERAL (SELECT x.rate
                           FROM exchange_rate AS x
                          WHERE x.currency = d.currency AND x.valid_from <= d.day
                          ORDER BY x.valid_from DESC
                          LIMIT 1) AS e ON true;
    INSERT INTO staged_warning (code, detail, rows)
    SELECT 'unknown_rate', 'No rate is known from ' || currency || ' to ' || reporting
           || ': money of some days counts as 0 in the ledger', sum(rows)
      FROM source_rate
     WHERE factor IS NULL
     GROUP BY currency
     ORDER BY currency;
    ANALYZE source_rate;
END
$$;
