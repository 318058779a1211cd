-- The first and the last of a range of serial numbers, both of which may be left open; NULL if
-- no range is asked for. Serials go by their length first: of one prefix the shorter ones.
CREATE OR REPLACE FUNCTION serial_range(serial_from text, serial_to text)
RETURNS text[]
LANGUAGE sql IMMUTABLE PARALLEL SAFE
AS $$
    SELECT CASE WHEN num_nonnulls(serial_from, serial_to) > 0
                THEN ARRAY[coalesce(serial_from, ''), coalesce(serial_to, repeat('Z', 99))] END
$$;
