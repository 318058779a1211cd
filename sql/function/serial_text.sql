-- A serial number as it is on the unit: a prefix, and a number of fixed width if it has one.
CREATE OR REPLACE FUNCTION serial_text(prefix text, width integer, number bigint)
RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
AS $$
    SELECT prefix || CASE width WHEN 0 THEN '' ELSE lpad(number::text, width, '0') END
$$;
