-- Writes a staged import: the import itself, its rows and serial numbers, and what follows from
-- them in the ledger. Rows with keys are compared with what is known of them, others are added.
-- `orders` are those that the reader is sure not to have seen before, in rows that were accepted.
CREATE OR REPLACE FUNCTION import_record(
    import_id text, file_name text, file_hash bytea, map_hash bytea, format text, keyed boolean, reporting text,
    rows_read bigint, rows_sold bigint, rows_returned bigint, rows_skipped bigint, rows_rejected bigint,
    units_sold bigint, units_returned bigint, orders bigint
) RETURNS TABLE (new bigint, changed bigint, unchanged bigint, events bigint, distinct_orders bigint)
LANGUAGE plpgsql
AS $$
#variable_conflict use_column
DECLARE
    import_key bigint;
BEGIN
    INSERT INTO sales_import (public_id, file_name, file_hash, map_hash, format, rows_read, rows_sold, rows_returned,
                              rows_skipped, rows_rejected, units_sold, units_returned)
    VALUES (import_id, import_record.file_name, import_record.file_hash, import_record.map_hash, import_record.format,
            import_record.rows_read, import_record.rows_sold, import_record.rows_returned, import_record.rows_skipped,
            import_record.rows_rejected, import_record.units_sold, import_record.units_returned)
    RETURNING id INTO import_key;
    IF keyed THEN
        SELECT m.new, m.changed, m.unchanged INTO new, changed, unchanged FROM source_merge(import_key, reporting) AS m;
        PERFORM serial_ship();
        events := source_reconcile(import_key, reporting);
    ELSE
        SELECT count(*), 0, 0 INTO new, changed, unchanged FROM staged_row;
        events := import_post(import_key, reporting);
    END IF;
    -- What may have been seen before is looked at again.
    SELECT import_record.orders + count(*) INTO distinct_orders
      FROM (SELECT DISTINCT own FROM staged_row WHERE own_seen AND own <> key AND kind <> 'reimbursement') AS o
     WHERE NOT EXISTS (SELECT FROM staged_row AS r WHERE r.own = o.own AND NOT r.own_seen);
    RETURN NEXT;
END
$$;
