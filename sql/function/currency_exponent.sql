-- The decimals of a currency's minor unit: what currency_exponent() of the program tells.
CREATE OR REPLACE FUNCTION currency_exponent(currency text)
RETURNS integer
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
AS $$
    SELECT CASE WHEN currency IN ('JPY', 'KRW', 'VND', 'CLP', 'PYG') THEN 0
                WHEN currency IN ('KWD', 'BHD', 'JOD', 'OMR', 'TND') THEN 3
                ELSE 2 END
$$;
