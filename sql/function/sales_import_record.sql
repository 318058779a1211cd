-- Takes the rows of an import from the temporary table sales_row, which the
-- importer filled, into the ledger: line and products that are missing, the import
-- itself, and one posting. Its returns tell no day of shipment, so they belong to no
-- cohort. Returns how many events it made.
CREATE OR REPLACE FUNCTION sales_import_record(
    import_id text, file_name text, file_hash bytea, map_hash bytea, line_code text, line_name text,
    rows_read bigint, rows_sold bigint, rows_returned bigint, rows_skipped bigint,
    units_sold bigint, units_returned bigint
) RETURNS bigint
LANGUAGE plpgsql AS $$
#variable_conflict use_column
DECLARE
    line_key    bigint;
    import_key  bigint;
    posting_key bigint;
    events      bigint;
BEGIN
    CREATE TEMP TABLE sales_cell ON COMMIT DROP AS
    SELECT product, country, channel, day, sum(sold) AS sold, sum(returned) AS returned
      FROM sales_row
     GROUP BY product, country, channel, day;

    INSERT INTO product_line (public_id, code, name)
    VALUES (new_id('lin'), line_code, line_name)
        ON CONFLICT (code) DO NOTHING;
    SELECT l.id INTO STRICT line_key FROM product_line AS l WHERE l.code = line_code;

    INSERT INTO product (public_id, line, model, name, listed)
    SELECT new_id('prd'), line_key, c.model, c.model, false
      FROM (SELECT DISTINCT product AS model FROM sales_cell) AS c
     WHERE NOT EXISTS (SELECT FROM product AS p WHERE p.line = line_key AND p.model = c.model)
     ORDER BY c.model
        ON CONFLICT (line, model) DO NOTHING;

    INSERT INTO sales_import (public_id, file_name, file_hash, map_hash, rows_read, rows_sold,
                              rows_returned, rows_skipped, units_sold, units_returned)
    VALUES (import_id, sales_import_record.file_name, sales_import_record.file_hash,
            sales_import_record.map_hash, sales_import_record.rows_read,
            sales_import_record.rows_sold, sales_import_record.rows_returned,
            sales_import_record.rows_skipped, sales_import_record.units_sold,
            sales_import_record.units_returned)
    RETURNING id INTO import_key;

    INSERT INTO posting (import) VALUES (import_key) RETURNING id INTO posting_key;
    INSERT INTO unit_event (posting, product, country, channel, ship_day, event_day, class, units)
    SELECT posting_key, p.id, c.country, c.channel, CASE WHEN e.class IS NULL THEN c.day END, c.day, e.class, e.units
      FROM sales_cell AS c
      JOIN product AS p ON p.line = line_key AND p.model = c.product,
           LATERAL (VALUES (NULL, c.sold), ('unknown', c.returned)) AS e (class, units)
     WHERE e.units <> 0;
    GET DIAGNOSTICS events = ROW_COUNT;
    RETURN events;
END
$$;
