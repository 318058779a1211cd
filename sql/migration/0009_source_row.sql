-- What files say, row by row: their present state, what they said before, and what is needed to
-- make events of them. The ledger follows the rows; see source_reconcile().

ALTER TABLE sales_import
    -- As server/read/formats.def calls it; 'mapped' if a mapping told how to read it.
    ADD COLUMN format code NOT NULL DEFAULT 'mapped',
    ADD COLUMN rows_rejected bigint NOT NULL DEFAULT 0 CONSTRAINT sales_import_rows_rejected_range CHECK (rows_rejected >= 0),
    -- What was told of it when it was accepted.
    ADD COLUMN report json;
COMMENT ON COLUMN sales_import.map_hash IS 'Of the mapping and the options by which it was read.';

-- The order that an event follows from, if it was posted for that order alone: a correction takes
-- back what was posted for it.
ALTER TABLE unit_event ADD COLUMN source uuid;
CREATE INDEX unit_event_source_idx ON unit_event (source) WHERE source IS NOT NULL;

-- The names under which shops sell a product. What is not here is looked for as a model.
CREATE TABLE product_sku (
    sku        text COLLATE "C" CONSTRAINT product_sku_pkey PRIMARY KEY
               CONSTRAINT product_sku_length CHECK (length(sku) BETWEEN 1 AND 60),
    product    bigint NOT NULL CONSTRAINT product_sku_product_fkey REFERENCES product,
    created_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX product_sku_product_idx ON product_sku (product);
-- A SKU is looked for in all lines.
CREATE INDEX product_model_idx ON product (model);

-- From a day on, one unit of the currency is `rate` units of the reporting currency.
CREATE TABLE exchange_rate (
    currency   currency_code NOT NULL,
    valid_from date NOT NULL CONSTRAINT exchange_rate_valid_from_range CHECK (valid_from BETWEEN '1990-01-01' AND '2199-12-31'),
    rate       numeric NOT NULL CONSTRAINT exchange_rate_rate_range CHECK (rate > 0 AND rate <= 1000000000),
    CONSTRAINT exchange_rate_pkey PRIMARY KEY (currency, valid_from)
);

-- The present state of a row of a file. Orders are known by a hash only. Only source_merge()
-- writes here, from what it looked up itself, so there are no keys to other tables: a file may
-- have a million rows, and to check such a key costs more than to write the row.
CREATE TABLE source_row (
    -- Of the format and what identifies the row in it; the same row restated has the same key.
    key         uuid CONSTRAINT source_row_pkey PRIMARY KEY,
    -- Of all that it says.
    hash        uuid NOT NULL,
    -- That said so last.
    import      bigint NOT NULL,
    kind        text COLLATE "C" NOT NULL CONSTRAINT source_row_kind_known
                CHECK (kind IN ('shipment', 'return', 'cancel', 'refund', 'reimbursement', 'replacement')),
    -- What the row itself belongs to: its order, or the row alone if it names none ...
    own         uuid NOT NULL,
    -- ... what that belongs to in turn: the order that a replacement replaces, the order that
    -- a reimbursement is for ...
    parent      uuid,
    -- ... and where that leads: the order whose units these are. See source_root().
    grp         uuid NOT NULL,
    product     bigint NOT NULL,
    country     text COLLATE "C" NOT NULL,
    channel     text COLLATE "C" NOT NULL,
    lot         text COLLATE "C" NOT NULL,
    shipped_on  date,
    -- When it came back, was cancelled, refunded or reimbursed.
    came_on     date,
    class       text COLLATE "C",
    reason      text COLLATE "C" NOT NULL,
    units       integer NOT NULL,
    -- In minor units of its currency.
    money_minor bigint NOT NULL,
    currency    text COLLATE "C",
    -- Of two files that tell the same of an order, the one with the higher rank is believed.
    rank        smallint NOT NULL,
    restocked   boolean NOT NULL,
    reimbursed  boolean NOT NULL,
    -- Its event was posted together with those of other rows, with this money in the reporting
    -- currency. NULL: the ledger names the group as the source of its events.
    posted_minor bigint,
    CONSTRAINT source_row_shipped_on_a_day CHECK (kind <> 'shipment' OR shipped_on IS NOT NULL),
    CONSTRAINT source_row_came_on_a_day CHECK (kind IN ('shipment', 'replacement') OR came_on IS NOT NULL),
    CONSTRAINT source_row_classified CHECK (kind <> 'return' OR class IS NOT NULL),
    CONSTRAINT source_row_shipped_then_returned CHECK (shipped_on <= came_on),
    CONSTRAINT source_row_posted_shipment CHECK (posted_minor IS NULL OR (kind = 'shipment' AND came_on IS NULL))
);
CREATE INDEX source_row_grp_idx ON source_row (grp);
CREATE INDEX source_row_own_idx ON source_row (own) WHERE parent IS NOT NULL;
CREATE INDEX source_row_parent_idx ON source_row (parent) WHERE parent IS NOT NULL;

-- What a row said before an import restated it.
CREATE TABLE source_row_history (
    id            bigint GENERATED ALWAYS AS IDENTITY CONSTRAINT source_row_history_pkey PRIMARY KEY,
    key           uuid NOT NULL,
    hash          uuid NOT NULL,
    import        bigint NOT NULL,
    superseded_by bigint NOT NULL,
    superseded_at timestamptz NOT NULL DEFAULT now(),
    kind          text COLLATE "C" NOT NULL,
    own           uuid NOT NULL,
    parent        uuid,
    grp           uuid NOT NULL,
    product       bigint NOT NULL,
    country       text COLLATE "C" NOT NULL,
    channel       text COLLATE "C" NOT NULL,
    lot           text COLLATE "C" NOT NULL,
    shipped_on    date,
    came_on       date,
    class         text COLLATE "C",
    reason        text COLLATE "C" NOT NULL,
    units         integer NOT NULL,
    money_minor   bigint NOT NULL,
    currency      text COLLATE "C",
    rank          smallint NOT NULL,
    restocked     boolean NOT NULL,
    reimbursed    boolean NOT NULL
);
CREATE INDEX source_row_history_key_idx ON source_row_history (key, id);

-- The serial numbers that were shipped with a delivery note: a prefix, and numbers of a fixed
-- width that count. No two of a product overlap: serial_ship() sees to that.
CREATE TABLE shipped_serial (
    source  uuid NOT NULL CONSTRAINT shipped_serial_source_fkey REFERENCES source_row,
    product bigint NOT NULL CONSTRAINT shipped_serial_product_fkey REFERENCES product,
    prefix  text COLLATE "C" NOT NULL CONSTRAINT shipped_serial_prefix_length CHECK (length(prefix) <= 40),
    width   smallint NOT NULL CONSTRAINT shipped_serial_width_range CHECK (width BETWEEN 0 AND 18),
    first   bigint NOT NULL,
    last    bigint NOT NULL,
    note    text COLLATE "C" NOT NULL CONSTRAINT shipped_serial_note_length CHECK (length(note) <= 60),
    CONSTRAINT shipped_serial_pkey PRIMARY KEY (product, prefix, width, first),
    CONSTRAINT shipped_serial_counts_upwards CHECK (first <= last)
);
CREATE INDEX shipped_serial_source_idx ON shipped_serial (source);

-- import_record() has taken its place.
DROP FUNCTION IF EXISTS sales_import_record(text, text, bytea, bytea, text, text, bigint, bigint, bigint, bigint, bigint, bigint);
