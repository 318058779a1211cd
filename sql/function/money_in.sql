-- In which currency an amount is told that is in another, and by what factor of minor units: by the
-- rates of a day in the currency that is wanted, or as it is if none is wanted, or no rate of one of
-- them is known. Rates are to the currency of the reports, which is worth itself.
CREATE OR REPLACE FUNCTION money_in(own text, wanted text, reporting text, day date)
RETURNS TABLE (currency text, factor numeric)
LANGUAGE plpgsql STABLE ROWS 1
AS $$
#variable_conflict use_column
BEGIN
    IF wanted <> own THEN
        SELECT wanted, (array_agg(r.rate) FILTER (WHERE r.code = own))[1] / (array_agg(r.rate) FILTER (WHERE r.code = wanted))[1]
                       * power(10::numeric, currency_exponent(wanted) - currency_exponent(own))
          INTO currency, factor
          FROM (SELECT reporting AS code, 1::numeric AS rate
                 UNION ALL
                (SELECT DISTINCT ON (x.currency) x.currency, x.rate
                   FROM exchange_rate AS x
                  WHERE x.currency IN (own, wanted) AND x.currency <> reporting AND x.valid_from <= day
                  ORDER BY x.currency, x.valid_from DESC)) AS r;
    END IF;
    IF factor IS NULL THEN
        currency := own;
        factor := 1;
    END IF;
    RETURN NEXT;
END
$$;
