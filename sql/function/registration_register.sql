-- Registers a machine. If it has an active registration already, also one that
-- commits at this very moment, the new one is kept as disputed.
CREATE OR REPLACE FUNCTION registration_register(
    public_id text, product_id text, serial text, buyer_type text, country text,
    purchased_on date, channel text, order_number text, email text, locale text)
RETURNS registration
LANGUAGE plpgsql
AS $$
#variable_conflict use_column
DECLARE
    wanted text := 'active';
    named bigint;
    made registration;
BEGIN
    SELECT id INTO named FROM product WHERE product.public_id = product_id AND listed;
    IF named IS NULL THEN
        PERFORM problem('UNKNOWN_PRODUCT');
    END IF;
    -- It is tomorrow already east of here.
    IF registration_register.purchased_on > current_date + 1 THEN
        PERFORM problem('DATE_IN_FUTURE');
    END IF;
    LOOP
        INSERT INTO registration (public_id, product, serial, unit, state, buyer_type, country,
                                  purchased_on, channel, order_number, email, locale)
        VALUES (registration_register.public_id, named, registration_register.serial,
                (SELECT id
                   FROM unit
                  WHERE product = named AND unit.serial = registration_register.serial),
                wanted, registration_register.buyer_type, registration_register.country,
                registration_register.purchased_on, registration_register.channel,
                registration_register.order_number, registration_register.email,
                registration_register.locale)
            ON CONFLICT (product, serial) WHERE state = 'active' DO NOTHING
        RETURNING registration.* INTO made;
        EXIT WHEN made.id IS NOT NULL;
        wanted := 'disputed';
    END LOOP;
    RETURN made;
END
$$;
