-- A new public id for what SQL itself makes: prefix and 128 random bits in
-- Crockford's base32. Other ids come from the daemon.
CREATE OR REPLACE FUNCTION new_id(prefix text) RETURNS text
LANGUAGE sql VOLATILE PARALLEL SAFE AS $$
SELECT prefix || '_' || string_agg(
           substr('0123456789abcdefghjkmnpqrstvwxyz',
                  (substring(bits FROM 5 * digit + 1 FOR 5))::bit(5)::int + 1, 1), '' ORDER BY digit)
  FROM (SELECT B'00' || ('x' || replace(gen_random_uuid()::text, '-', ''))::bit(128) AS bits) AS random,
       generate_series(0, 25) AS digit
$$;
