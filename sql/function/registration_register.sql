-- Registers a machine; a second registration of it is kept as a dispute, also
-- when two arrive at the same moment. Returns the id.
CREATE OR REPLACE FUNCTION registration_register(
    public_id text, product_id text, serial text, buyer_type text, country text, purchased_on date,
    channel text, order_number text, email text, locale text
) RETURNS bigint
LANGUAGE plpgsql AS $$
#variable_conflict use_column
DECLARE
    what       bigint;
    registered bigint;
    intended   text;
BEGIN
    SELECT p.id INTO what FROM product AS p WHERE p.public_id = product_id AND p.listed;
    IF NOT FOUND THEN
        PERFORM problem('UNKNOWN_PRODUCT');
    END IF;
    -- Tomorrow somewhere is today in Auckland.
    IF purchased_on > current_date + 1 THEN
        PERFORM problem('DATE_IN_FUTURE');
    END IF;
    FOREACH intended IN ARRAY ARRAY['active', 'disputed'] LOOP
        INSERT INTO registration (public_id, product, serial, unit, state, buyer_type, country,
                                  purchased_on, channel, order_number, email, locale)
        VALUES (registration_register.public_id, what, registration_register.serial,
                (SELECT u.id FROM unit AS u
                  WHERE u.product = what AND u.serial = registration_register.serial),
                intended, registration_register.buyer_type, registration_register.country,
                registration_register.purchased_on, registration_register.channel,
                registration_register.order_number, registration_register.email,
                registration_register.locale)
            ON CONFLICT (product, serial) WHERE state = 'active' DO NOTHING
        RETURNING id INTO registered;
        EXIT WHEN registered IS NOT NULL;
    END LOOP;
    RETURN registered;
END
$$;
