-- The classes of events that a word stands for (gross, net, quality), or those of a list with commas.
CREATE OR REPLACE FUNCTION event_classes(wanted text)
RETURNS text[]
LANGUAGE plpgsql STABLE
AS $$
DECLARE
    named text[] := string_to_array(wanted, ',');
    found text[];
BEGIN
    SELECT array_agg(code::text) INTO found
      FROM event_class
     WHERE CASE wanted WHEN 'gross' THEN gross
                       WHEN 'net' THEN net
                       WHEN 'quality' THEN quality
                       ELSE code = ANY (named) END;
    IF found IS NULL OR (wanted NOT IN ('gross', 'net', 'quality') AND cardinality(found) < cardinality(named)) THEN
        PERFORM problem('INVALID_VALUE', 'classes must be gross, net or quality, or classes of events with commas between them');
    END IF;
    RETURN found;
END
$$;
