-- What is made and sold: product lines with their costs, products, units.

CREATE TABLE product_line (
    id         bigint GENERATED ALWAYS AS IDENTITY CONSTRAINT product_line_pkey PRIMARY KEY,
    public_id  public_id NOT NULL CONSTRAINT product_line_public_id_key UNIQUE,
    code       code NOT NULL CONSTRAINT product_line_code_key UNIQUE,
    name       text NOT NULL CONSTRAINT product_line_name_length CHECK (length(name) BETWEEN 1 AND 120),
    created_at timestamptz NOT NULL DEFAULT now()
);

-- What one unit of a line earns and what one returned unit costs, from a day on.
-- Money is in minor units of the currency. All amounts net of VAT.
CREATE TABLE line_cost (
    line            bigint NOT NULL CONSTRAINT line_cost_line_fkey REFERENCES product_line,
    valid_from      date NOT NULL,
    currency        currency_code NOT NULL,
    price_minor     bigint NOT NULL CONSTRAINT line_cost_price_range CHECK (price_minor BETWEEN 0 AND 1000000000000),
    cogs_minor      bigint NOT NULL CONSTRAINT line_cost_cogs_range CHECK (cogs_minor BETWEEN 0 AND 1000000000000),
    outbound_minor  bigint NOT NULL CONSTRAINT line_cost_outbound_range CHECK (outbound_minor BETWEEN 0 AND 1000000000000),
    fees_minor      bigint NOT NULL CONSTRAINT line_cost_fees_range CHECK (fees_minor BETWEEN 0 AND 1000000000000),
    inbound_minor   bigint NOT NULL CONSTRAINT line_cost_inbound_range CHECK (inbound_minor BETWEEN 0 AND 1000000000000),
    inspect_minor   bigint NOT NULL CONSTRAINT line_cost_inspect_range CHECK (inspect_minor BETWEEN 0 AND 1000000000000),
    repair_minor    bigint NOT NULL CONSTRAINT line_cost_repair_range CHECK (repair_minor BETWEEN 0 AND 1000000000000),
    -- Expected value got back from a returned unit: resale and reimbursements.
    recovery_minor  bigint NOT NULL CONSTRAINT line_cost_recovery_range CHECK (recovery_minor BETWEEN 0 AND 1000000000000),
    CONSTRAINT line_cost_pkey PRIMARY KEY (line, valid_from)
);

CREATE TABLE product (
    id         bigint GENERATED ALWAYS AS IDENTITY CONSTRAINT product_pkey PRIMARY KEY,
    public_id  public_id NOT NULL CONSTRAINT product_public_id_key UNIQUE,
    line       bigint NOT NULL CONSTRAINT product_line_fkey REFERENCES product_line,
    model      text COLLATE "C" NOT NULL CONSTRAINT product_model_length CHECK (length(model) BETWEEN 1 AND 60),
    name       text NOT NULL CONSTRAINT product_name_length CHECK (length(name) BETWEEN 1 AND 120),
    -- Offered to customers who file a return; false for rows that only an import made.
    listed     boolean NOT NULL DEFAULT true,
    created_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT product_model_key UNIQUE (line, model)
);
CREATE INDEX product_listed_idx ON product (model, public_id) WHERE listed;

-- Makers reuse serials across models: only the pair is a key.
CREATE TABLE unit (
    id         bigint GENERATED ALWAYS AS IDENTITY CONSTRAINT unit_pkey PRIMARY KEY,
    public_id  public_id NOT NULL CONSTRAINT unit_public_id_key UNIQUE,
    product    bigint NOT NULL CONSTRAINT unit_product_fkey REFERENCES product,
    serial     serial_number NOT NULL,
    lot        text COLLATE "C" CONSTRAINT unit_lot_length CHECK (length(lot) BETWEEN 1 AND 40),
    made_on    date CONSTRAINT unit_made_on_range CHECK (made_on BETWEEN '1990-01-01' AND '2199-12-31'),
    shipped_on date CONSTRAINT unit_shipped_on_range CHECK (shipped_on BETWEEN '1990-01-01' AND '2199-12-31'),
    country    country_code,
    channel    code,
    CONSTRAINT unit_product_serial_key UNIQUE (product, serial)
);
CREATE INDEX unit_serial_idx ON unit (serial, public_id);
