-- Files a return, gives its customer a token, and offers it to one of the
-- partners who cover its line and country. Which one follows from a hash of the
-- return and the partner: evenly spread, and nobody has to count.
CREATE OR REPLACE FUNCTION return_file(
    public_id text, number text, event_id text, token_hash bytea, product_id text, serial text,
    reason text, description text, country text, channel text, order_number text, name text,
    email text, phone text, locale text)
RETURNS return
LANGUAGE plpgsql
AS $$
#variable_conflict use_column
DECLARE
    named product;
    line_code text;
    helper bigint;
    ticket_id text;
    filed return;
BEGIN
    SELECT * INTO named FROM product WHERE product.public_id = product_id AND listed;
    IF named.id IS NULL THEN
        PERFORM problem('UNKNOWN_PRODUCT');
    END IF;
    SELECT code INTO line_code FROM product_line WHERE product_line.id = named.line;
    SELECT partner.id
      INTO helper
      FROM partner_coverage AS covered
      JOIN partner ON partner.id = covered.partner AND partner.active
     WHERE covered.line = named.line
       AND covered.country = return_file.country
     ORDER BY hashtextextended(return_file.public_id || partner.public_id, 0)
     LIMIT 1;
    IF helper IS NOT NULL THEN
        ticket_id := new_id('tic');
    END IF;
    INSERT INTO return (public_id, number, product, product_id, model, line_code, serial, unit,
                        reason, description, country, channel, order_number, name, email, phone,
                        locale, newest_ticket)
    VALUES (return_file.public_id, return_file.number, named.id, named.public_id, named.model,
            line_code, return_file.serial,
            (SELECT id FROM unit WHERE product = named.id AND unit.serial = return_file.serial),
            return_file.reason, return_file.description, return_file.country,
            return_file.channel, return_file.order_number, return_file.name, return_file.email,
            return_file.phone, return_file.locale, ticket_id)
        ON CONFLICT (product, serial)
           WHERE state IN ('submitted', 'need_info', 'approved', 'settled') DO NOTHING
    RETURNING return.* INTO filed;
    IF filed.id IS NULL THEN
        PERFORM problem('RETURN_ALREADY_OPEN');
    END IF;
    INSERT INTO return_event (public_id, return, kind, actor_role, to_state)
    VALUES (event_id, filed.id, 'filed', 'customer', filed.state);
    INSERT INTO token (hash, return, expires_at)
    VALUES (token_hash, filed.id, now() + interval '1 year');
    IF helper IS NOT NULL THEN
        PERFORM ticket_open(ticket_id, filed.id, helper, new_id('evt'), 'system', NULL);
    END IF;
    RETURN filed;
END
$$;
