-- Makes the tables that one import works with, or empties them: they end with its transaction.
-- The first is filled by the reader. No constraints: what comes here was checked.
CREATE OR REPLACE FUNCTION import_stage()
RETURNS void
LANGUAGE plpgsql
AS $$
BEGIN
    CREATE TEMP TABLE IF NOT EXISTS staged_row (
        line bigint,
        -- An earlier row of the file may have the same key, or the same order.
        key_seen boolean, own_seen boolean,
        -- The instants of days that are to be told in another zone than that in which they are written.
        shipped_at timestamptz, came_at timestamptz,
        -- The hash is that of all that follows it.
        key uuid, hash uuid, own uuid, parent uuid,
        kind text COLLATE "C", sku text COLLATE "C", country text COLLATE "C", channel text COLLATE "C",
        lot text COLLATE "C", shipped_on date, came_on date, class text COLLATE "C", reason text COLLATE "C",
        units integer, money_minor bigint, currency text COLLATE "C", rank smallint, restocked boolean,
        reimbursed boolean,
        -- Serial numbers: ranges between line breaks, each a prefix, width, first and last number
        -- between tabs; and the delivery note.
        serials text COLLATE "C", note text COLLATE "C"
    ) ON COMMIT DROP;
    CREATE TEMP TABLE IF NOT EXISTS staged_serial (
        line bigint, prefix text COLLATE "C", width smallint, first bigint, last bigint, note text COLLATE "C"
    ) ON COMMIT DROP;
    -- What is told of the file beyond its rows.
    CREATE TEMP TABLE IF NOT EXISTS staged_reject (line bigint, code text, detail text) ON COMMIT DROP;
    CREATE TEMP TABLE IF NOT EXISTS staged_warning (code text, detail text, rows bigint) ON COMMIT DROP;
    -- Products: `several` have the model, and none of them is meant more than the others.
    CREATE TEMP TABLE IF NOT EXISTS staged_sku (sku text COLLATE "C", product bigint, several boolean) ON COMMIT DROP;
    -- What is added up, of rows that nothing identifies.
    CREATE TEMP TABLE IF NOT EXISTS staged_cell (
        kind text COLLATE "C", sku text COLLATE "C", country text COLLATE "C", channel text COLLATE "C",
        lot text COLLATE "C", shipped_on date, came_on date, class text COLLATE "C", reason text COLLATE "C",
        currency text COLLATE "C", rows bigint, units bigint, money_minor numeric
    ) ON COMMIT DROP;
    -- Serial numbers of the file and those known of the same kind, in order.
    CREATE TEMP TABLE IF NOT EXISTS serial_neighbour (
        line bigint, product bigint, prefix text COLLATE "C", width smallint, first bigint, last bigint,
        note text COLLATE "C", reached bigint
    ) ON COMMIT DROP;
    -- Of source_merge(): rows whose key was there; groups that may have other events than before;
    -- what leads elsewhere than before, and the rows that moves; shipments to be posted together,
    -- and such that are to be taken back.
    CREATE TEMP TABLE IF NOT EXISTS source_known (line bigint, key uuid, grp uuid, product bigint, own uuid, changed boolean) ON COMMIT DROP;
    CREATE TEMP TABLE IF NOT EXISTS source_touched (grp uuid, product bigint) ON COMMIT DROP;
    CREATE TEMP TABLE IF NOT EXISTS source_moved (own uuid, root uuid) ON COMMIT DROP;
    CREATE TEMP TABLE IF NOT EXISTS source_led (key uuid, old_grp uuid, grp uuid, product bigint) ON COMMIT DROP;
    CREATE TEMP TABLE IF NOT EXISTS source_cell (
        product bigint, country text COLLATE "C", channel text COLLATE "C", lot text COLLATE "C", shipped_on date,
        units bigint, money_minor bigint
    ) ON COMMIT DROP;
    -- Of source_reconcile(): the groups and their rows, and what money is worth.
    CREATE TEMP TABLE IF NOT EXISTS source_group (grp uuid, product bigint) ON COMMIT DROP;
    CREATE TEMP TABLE IF NOT EXISTS source_line (
        grp uuid, product bigint, key uuid, kind text COLLATE "C", own uuid, country text COLLATE "C",
        channel text COLLATE "C", lot text COLLATE "C", shipped_on date, came_on date, class text COLLATE "C",
        reason text COLLATE "C", units integer, rank smallint, restocked boolean, reimbursed boolean, money numeric
    ) ON COMMIT DROP;
    CREATE TEMP TABLE IF NOT EXISTS source_amount (currency text COLLATE "C", day date, rows bigint) ON COMMIT DROP;
    CREATE TEMP TABLE IF NOT EXISTS source_rate (currency text COLLATE "C", day date, rows bigint, factor numeric) ON COMMIT DROP;
    TRUNCATE staged_row, staged_serial, staged_reject, staged_warning, staged_sku, staged_cell, serial_neighbour,
             source_known, source_touched, source_moved, source_led, source_cell, source_group, source_line, source_amount, source_rate;
END
$$;
