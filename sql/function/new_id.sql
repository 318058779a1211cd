-- A new public id for what SQL itself makes; the others come from the daemon.
-- The hash makes 130 even bits of two UUIDs' 244 random ones; two of the 64
-- base64 digits stand for each of Crockford's 32.
CREATE OR REPLACE FUNCTION new_id(prefix text)
RETURNS text
LANGUAGE sql
VOLATILE
AS $$
SELECT prefix || '_' || translate(
           left(encode(sha256(uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid())),
                       'base64'), 26),
           'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/',
           '0123456789abcdefghjkmnpqrstvwxyz0123456789abcdefghjkmnpqrstvwxyz')
$$;
