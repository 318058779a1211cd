-- What became of the units that were shipped: a ledger that is only ever added to, and the
-- rollups that reports read. Every rate by age of the units comes from here.

-- What an event means, and which of the rates count it.
CREATE TABLE event_class (
    code    code CONSTRAINT event_class_pkey PRIMARY KEY,
    -- Physically back: comparable with what marketplaces report.
    gross   boolean NOT NULL,
    -- Costs the maker money, before what is restocked or reimbursed.
    net     boolean NOT NULL,
    -- Something is wrong with the machine.
    quality boolean NOT NULL,
    -- The customer keeps the unit: it may have more such events.
    stays   boolean NOT NULL
);
INSERT INTO event_class (code, gross, net, quality, stays)
VALUES ('unknown',        true,  true,  false, false),
       ('cancel',         false, false, false, false),
       ('undeliv',        true,  true,  false, false),
       ('remorse',        true,  true,  false, false),
       ('listing',        true,  true,  false, false),
       ('fault',          true,  true,  true,  false),
       ('logistics',      true,  true,  false, false),
       ('claim',          false, false, false, true),
       ('refund_only',    false, true,  false, true),
       ('stock_rotation', false, false, false, false),
       ('recall',         false, false, false, false);

-- What each of our own reasons for a return means.
ALTER TABLE return_reason
    ADD COLUMN class code NOT NULL DEFAULT 'unknown' CONSTRAINT return_reason_class_fkey REFERENCES event_class;
UPDATE return_reason AS r
   SET class = v.class
  FROM (VALUES ('no_longer_wanted', 'remorse'), ('not_as_described', 'listing'), ('quality_poor', 'fault'),
               ('doa', 'fault'), ('failed_in_use', 'fault'), ('performance_low', 'fault'),
               ('hard_to_use', 'listing'), ('missing_parts', 'fault'), ('wrong_item', 'logistics'),
               ('transport_damage', 'logistics'), ('late', 'logistics'), ('never_arrived', 'logistics'),
               ('undeliverable', 'undeliv'), ('safety', 'fault'), ('recall', 'recall'),
               ('stock_return', 'stock_rotation'), ('repeat', 'fault'), ('noise_smell', 'fault')) AS v (code, class)
 WHERE r.code = v.code;

-- What one writer added in one transaction: an import, a return that arrived.
CREATE TABLE posting (
    id         bigint GENERATED ALWAYS AS IDENTITY CONSTRAINT posting_pkey PRIMARY KEY,
    import     bigint CONSTRAINT posting_import_fkey REFERENCES sales_import,
    created_at timestamptz NOT NULL DEFAULT now(),
    -- The version of the rollups that counts it first; NULL: it waits.
    version    bigint
);
CREATE INDEX posting_waiting_idx ON posting (id) WHERE version IS NULL;
CREATE INDEX posting_import_idx ON posting (import) WHERE import IS NOT NULL;

-- The ledger. A correction is a row with fewer than 0 units: nothing is changed or removed.
CREATE TABLE unit_event (
    posting     bigint NOT NULL CONSTRAINT unit_event_posting_fkey REFERENCES posting,
    product     bigint NOT NULL CONSTRAINT unit_event_product_fkey REFERENCES product,
    country     country_code NOT NULL,
    channel     code NOT NULL,
    lot         text COLLATE "C" NOT NULL DEFAULT '' CONSTRAINT unit_event_lot_length CHECK (length(lot) <= 40),
    -- NULL: not known, so the return belongs to no cohort.
    ship_day    date CONSTRAINT unit_event_ship_day_range CHECK (ship_day BETWEEN '1990-01-01' AND '2199-12-31'),
    event_day   date NOT NULL CONSTRAINT unit_event_event_day_range CHECK (event_day BETWEEN '1990-01-01' AND '2199-12-31'),
    -- NULL: the units were shipped.
    class       code CONSTRAINT unit_event_class_fkey REFERENCES event_class,
    -- As the source tells it, '' if it does not.
    reason      text COLLATE "C" NOT NULL DEFAULT '' CONSTRAINT unit_event_reason_length CHECK (length(reason) <= 80),
    units       bigint NOT NULL CONSTRAINT unit_event_units_range CHECK (units <> 0 AND abs(units) <= 1000000000),
    -- Given back to the customers.
    money_minor bigint NOT NULL DEFAULT 0 CONSTRAINT unit_event_money_range CHECK (abs(money_minor) <= 1000000000000000),
    return      bigint CONSTRAINT unit_event_return_fkey REFERENCES return,
    CONSTRAINT unit_event_shipped_then_returned CHECK (ship_day <= event_day),
    CONSTRAINT unit_event_shipped_on_a_day CHECK (class IS NOT NULL OR (ship_day IS NOT NULL AND ship_day = event_day))
);
CREATE INDEX unit_event_posting_idx ON unit_event (posting);
CREATE INDEX unit_event_product_idx ON unit_event (product, ship_day);
CREATE INDEX unit_event_return_idx ON unit_event (return) WHERE return IS NOT NULL;

-- The version counts how often the rollups changed: what reports tell as data_version.
CREATE TABLE rollup_state (
    one_row  boolean NOT NULL DEFAULT true CONSTRAINT rollup_state_pkey PRIMARY KEY CONSTRAINT rollup_state_one_row CHECK (one_row),
    version  bigint NOT NULL,
    moved_at timestamptz NOT NULL DEFAULT now()
);
INSERT INTO rollup_state (version) VALUES (0);

-- By day: what one line is drilled into. A year to a partition, so that a question about
-- recent years does not touch the others, and an old one can be dropped or moved.
CREATE TABLE ship_cell (
    product  bigint NOT NULL,
    country  country_code NOT NULL,
    channel  code NOT NULL,
    lot      text COLLATE "C" NOT NULL,
    ship_day date NOT NULL,
    shipped  bigint NOT NULL,
    CONSTRAINT ship_cell_pkey PRIMARY KEY (product, ship_day, country, channel, lot)
) PARTITION BY RANGE (ship_day);
CREATE TABLE return_cell (
    product     bigint NOT NULL,
    country     country_code NOT NULL,
    channel     code NOT NULL,
    lot         text COLLATE "C" NOT NULL,
    ship_day    date NOT NULL,
    age_day     integer NOT NULL,
    class       code NOT NULL,
    reason      text COLLATE "C" NOT NULL,
    returned    bigint NOT NULL,
    money_minor bigint NOT NULL,
    CONSTRAINT return_cell_pkey PRIMARY KEY (product, ship_day, age_day, country, channel, lot, class, reason)
) PARTITION BY RANGE (ship_day);
DO $$
BEGIN
    FOR year IN 2018..2037 LOOP
        EXECUTE format('CREATE TABLE ship_cell_%s PARTITION OF ship_cell FOR VALUES FROM (%L) TO (%L)',
                       year, make_date(year, 1, 1), make_date(year + 1, 1, 1));
        EXECUTE format('CREATE TABLE return_cell_%s PARTITION OF return_cell FOR VALUES FROM (%L) TO (%L)',
                       year, make_date(year, 1, 1), make_date(year + 1, 1, 1));
    END LOOP;
END
$$;
CREATE TABLE ship_cell_other PARTITION OF ship_cell DEFAULT;
CREATE TABLE return_cell_other PARTITION OF return_cell DEFAULT;

-- By month of shipment, and periods of age as age_period() counts them.
CREATE TABLE cohort (
    line    bigint NOT NULL,
    month   date NOT NULL,
    country country_code NOT NULL,
    channel code NOT NULL,
    shipped bigint NOT NULL,
    CONSTRAINT cohort_pkey PRIMARY KEY (line, month, country, channel)
);
CREATE TABLE cohort_return (
    line        bigint NOT NULL,
    month       date NOT NULL,
    period      integer NOT NULL,
    country     country_code NOT NULL,
    channel     code NOT NULL,
    class       code NOT NULL,
    reason      text COLLATE "C" NOT NULL,
    returned    bigint NOT NULL,
    money_minor bigint NOT NULL,
    CONSTRAINT cohort_return_pkey PRIMARY KEY (line, month, period, country, channel, class, reason)
);
-- The same by production lot.
CREATE TABLE lot_cohort (
    line    bigint NOT NULL,
    lot     text COLLATE "C" NOT NULL,
    month   date NOT NULL,
    shipped bigint NOT NULL,
    CONSTRAINT lot_cohort_pkey PRIMARY KEY (line, lot, month)
);
CREATE TABLE lot_return (
    line     bigint NOT NULL,
    lot      text COLLATE "C" NOT NULL,
    month    date NOT NULL,
    period   integer NOT NULL,
    class    code NOT NULL,
    returned bigint NOT NULL,
    CONSTRAINT lot_return_pkey PRIMARY KEY (line, lot, month, period, class)
);
-- Without any split: the lists of all lines and the triangle of one.
CREATE TABLE line_cohort (
    line    bigint NOT NULL,
    month   date NOT NULL,
    shipped bigint NOT NULL,
    CONSTRAINT line_cohort_pkey PRIMARY KEY (line, month)
);
CREATE TABLE line_return (
    line        bigint NOT NULL,
    month       date NOT NULL,
    period      integer NOT NULL,
    class       code NOT NULL,
    returned    bigint NOT NULL,
    money_minor bigint NOT NULL,
    CONSTRAINT line_return_pkey PRIMARY KEY (line, month, period, class)
);
-- Returns that belong to no cohort, by the month in which they came.
CREATE TABLE uncovered_return (
    line     bigint NOT NULL,
    month    date NOT NULL,
    channel  code NOT NULL,
    class    code NOT NULL,
    returned bigint NOT NULL,
    CONSTRAINT uncovered_return_pkey PRIMARY KEY (line, month, channel, class)
);
