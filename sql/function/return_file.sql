-- Files a return: the row, its first event, the token that follows it, and an
-- offer to a partner who covers the line and the country. Returns the id.
CREATE OR REPLACE FUNCTION return_file(
    public_id text, number text, event_id text, token_hash bytea, product_id text, serial text,
    reason text, description text, country text, channel text, order_number text, name text,
    email text, phone text, locale text
) RETURNS bigint
LANGUAGE plpgsql AS $$
#variable_conflict use_column
DECLARE
    what    product%ROWTYPE;
    filed   bigint;
    offered bigint;
    chosen  bigint;
    violated text;
BEGIN
    SELECT * INTO what FROM product AS p WHERE p.public_id = product_id AND p.listed;
    IF NOT FOUND THEN
        PERFORM problem('UNKNOWN_PRODUCT');
    END IF;
    INSERT INTO return (public_id, number, product, serial, unit, reason, description, country,
                        channel, order_number, name, email, phone, locale)
    VALUES (return_file.public_id, return_file.number, what.id, return_file.serial,
            (SELECT u.id FROM unit AS u WHERE u.product = what.id AND u.serial = return_file.serial),
            return_file.reason, return_file.description, return_file.country, return_file.channel,
            return_file.order_number, return_file.name, return_file.email, return_file.phone,
            return_file.locale)
    RETURNING id INTO filed;
    INSERT INTO return_event (public_id, return, kind, actor_role, to_state)
    VALUES (event_id, filed, 'filed', 'customer', 'submitted');
    INSERT INTO token (hash, return, expires_at)
    VALUES (token_hash, filed, now() + interval '1 year');
    SELECT c.partner INTO chosen
      FROM partner_coverage AS c
      JOIN partner AS p ON p.id = c.partner AND p.active
     WHERE c.line = what.line AND c.country = return_file.country
     ORDER BY hashint8extended(c.partner, filed)
     LIMIT 1;
    IF FOUND THEN
        INSERT INTO ticket (public_id, return, partner)
        VALUES (new_id('tic'), filed, chosen)
        RETURNING id INTO offered;
        INSERT INTO return_event (public_id, return, ticket, kind, actor_role, to_state)
        VALUES (new_id('evt'), filed, offered, 'ticket_offered', 'system', 'offered');
    END IF;
    RETURN filed;
EXCEPTION
    WHEN unique_violation THEN
        GET STACKED DIAGNOSTICS violated = CONSTRAINT_NAME;
        IF violated = 'return_open_key' THEN
            PERFORM problem('RETURN_ALREADY_OPEN');
        END IF;
        RAISE;
END
$$;
