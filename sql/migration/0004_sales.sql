-- What was sold and what came back, as counts: the two halves of every return rate.

-- One accepted sales file. The same bytes read by the same mapping are the same import.
CREATE TABLE sales_import (
    id          bigint GENERATED ALWAYS AS IDENTITY CONSTRAINT sales_import_pkey PRIMARY KEY,
    public_id   public_id NOT NULL CONSTRAINT sales_import_public_id_key UNIQUE,
    file_name   text NOT NULL,
    file_hash   bytea NOT NULL CONSTRAINT sales_import_file_hash_length CHECK (length(file_hash) = 32),
    map_hash    bytea NOT NULL CONSTRAINT sales_import_map_hash_length CHECK (length(map_hash) = 32),
    rows_read   bigint NOT NULL,
    rows_sold   bigint NOT NULL,
    rows_returned bigint NOT NULL,
    rows_skipped  bigint NOT NULL,
    units_sold    bigint NOT NULL,
    units_returned bigint NOT NULL,
    created_at  timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT sales_import_file_key UNIQUE (file_hash, map_hash)
);
CREATE INDEX sales_import_created_at_idx ON sales_import (created_at, public_id);

-- The grain that is kept of an import: units of a product in a country, channel and day.
CREATE TABLE sales_day (
    import   bigint NOT NULL CONSTRAINT sales_day_import_fkey REFERENCES sales_import,
    product  bigint NOT NULL CONSTRAINT sales_day_product_fkey REFERENCES product,
    country  country_code NOT NULL,
    channel  code NOT NULL,
    day      date NOT NULL CONSTRAINT sales_day_day_range CHECK (day BETWEEN '1990-01-01' AND '2199-12-31'),
    sold     bigint NOT NULL CONSTRAINT sales_day_sold_range CHECK (sold >= 0),
    returned bigint NOT NULL CONSTRAINT sales_day_returned_range CHECK (returned >= 0),
    CONSTRAINT sales_day_pkey PRIMARY KEY (import, product, country, channel, day)
);
CREATE INDEX sales_day_product_idx ON sales_day (product, day);

-- The rollup that reports read: units sold in a month and units returned in it.
-- `returned` counts by the month of the return, not of the sale.
CREATE TABLE rate_month (
    line     bigint NOT NULL CONSTRAINT rate_month_line_fkey REFERENCES product_line,
    month    date NOT NULL CONSTRAINT rate_month_first_day CHECK (extract(day FROM month) = 1),
    country  country_code NOT NULL,
    channel  code NOT NULL,
    sold     bigint NOT NULL,
    returned bigint NOT NULL,
    CONSTRAINT rate_month_pkey PRIMARY KEY (line, month, country, channel)
);

-- Changes not yet folded into rate_month: appended by whoever causes them, so
-- that no two transactions meet at a hot row; reports add them up as well.
CREATE TABLE rate_delta (
    id       bigint GENERATED ALWAYS AS IDENTITY CONSTRAINT rate_delta_pkey PRIMARY KEY,
    line     bigint NOT NULL,
    month    date NOT NULL CONSTRAINT rate_delta_first_day CHECK (extract(day FROM month) = 1),
    country  country_code NOT NULL,
    channel  code NOT NULL,
    sold     bigint NOT NULL,
    returned bigint NOT NULL
);
