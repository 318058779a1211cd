-- What an analysis of a line is about, in one row: keys, the range of serials, the day as of which
-- it is made (today where `tz` is, if none is given), the classes it counts, those whose units stay
-- with the customer, and the versions that tell whether it is still what it was. NOT_FOUND for a
-- line that is not there, or a model that is not of it.
CREATE OR REPLACE FUNCTION analysis_scope(line_id text, model text, serial_from text, serial_to text, classes text, as_of date,
                                          tz text)
RETURNS TABLE (line bigint, product bigint, serials text[], as_of_day date, counted text[], staying text[],
               data_version bigint, settings_version bigint)
LANGUAGE plpgsql STABLE ROWS 1
AS $$
BEGIN
    SELECT found(max(l.id)) INTO line FROM product_line AS l WHERE l.public_id = line_id;
    IF analysis_scope.model IS NOT NULL THEN
        SELECT found(max(p.id)) INTO product
          FROM product AS p
         WHERE p.line = analysis_scope.line AND p.model = analysis_scope.model;
    END IF;
    serials := serial_range(serial_from, serial_to);
    as_of_day := day_asked(as_of, tz);
    counted := event_classes(coalesce(classes, 'gross'));
    SELECT array_agg(code::text) INTO staying FROM event_class WHERE stays;
    SELECT version INTO data_version FROM rollup_state;
    SELECT version INTO settings_version FROM settings_state;
    RETURN NEXT;
END
$$;
