-- Takes the rows of an import from the temporary table sales_row, which the
-- importer filled, into the counts: line and products that are missing, the
-- import itself, its days, and the rollup. Returns how many day counts it made.
--
-- The rollup comes last, and in the order in which rate_fold() takes its rows:
-- others who need them wait for one statement only, and never in a circle.
CREATE OR REPLACE FUNCTION sales_import_record(
    import_id text, file_name text, file_hash bytea, map_hash bytea, line_code text, line_name text,
    rows_read bigint, rows_sold bigint, rows_returned bigint, rows_skipped bigint,
    units_sold bigint, units_returned bigint
) RETURNS bigint
LANGUAGE plpgsql AS $$
#variable_conflict use_column
DECLARE
    line_key   bigint;
    import_key bigint;
    days       bigint;
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

    INSERT INTO sales_day (import, product, country, channel, day, sold, returned)
    SELECT import_key, p.id, c.country, c.channel, c.day, c.sold, c.returned
      FROM sales_cell AS c
      JOIN product AS p ON p.line = line_key AND p.model = c.product;
    GET DIAGNOSTICS days = ROW_COUNT;

    INSERT INTO rate_month AS m (line, month, country, channel, sold, returned)
    SELECT line_key, date_trunc('month', day)::date AS month, country, channel, sum(sold), sum(returned)
      FROM sales_cell
     GROUP BY month, country, channel
     ORDER BY month, country, channel
        ON CONFLICT (line, month, country, channel) DO UPDATE
       SET sold = m.sold + excluded.sold, returned = m.returned + excluded.returned;
    RETURN days;
END
$$;
