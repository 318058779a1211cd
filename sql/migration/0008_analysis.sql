-- What analyses need beside counts: families, finer costs, fees of marketplaces, lags of dealers.

-- Lines that are like each other lend each other what they know of their rates.
ALTER TABLE product_line ADD COLUMN family code NOT NULL DEFAULT 'general';

-- Above the threshold of its category a marketplace charges each further return of a month.
CREATE TABLE fee_rule (
    category  code CONSTRAINT fee_rule_pkey PRIMARY KEY,
    threshold double precision NOT NULL CONSTRAINT fee_rule_threshold_range CHECK (threshold > 0 AND threshold < 1),
    -- A month with fewer units shipped is exempt.
    units_min integer NOT NULL DEFAULT 25 CONSTRAINT fee_rule_units_min_range CHECK (units_min >= 0)
);
INSERT INTO fee_rule (category, threshold) VALUES ('grocery', 0.029), ('luggage', 0.128);
ALTER TABLE product_line ADD COLUMN fee_category code CONSTRAINT product_line_fee_category_fkey REFERENCES fee_rule;
CREATE INDEX product_line_fee_category_idx ON product_line (fee_category) WHERE fee_category IS NOT NULL;

-- The rest of what a unit and its return cost. Where low and high are entered the likely number is uncertain.
ALTER TABLE line_cost
    ADD COLUMN advertising_minor bigint NOT NULL DEFAULT 0
               CONSTRAINT line_cost_advertising_range CHECK (advertising_minor BETWEEN 0 AND 1000000000000),
    -- Of the fees, what is kept when a unit comes back.
    ADD COLUMN fees_kept_minor bigint NOT NULL DEFAULT 0
               CONSTRAINT line_cost_fees_kept_range CHECK (fees_kept_minor BETWEEN 0 AND fees_minor),
    ADD COLUMN disposal_minor bigint NOT NULL DEFAULT 0
               CONSTRAINT line_cost_disposal_range CHECK (disposal_minor BETWEEN 0 AND 1000000000000),
    -- Warranty claims of a shipped unit, and what one costs.
    ADD COLUMN claims_per_unit double precision NOT NULL DEFAULT 0
               CONSTRAINT line_cost_claims_per_unit_range CHECK (claims_per_unit BETWEEN 0 AND 100),
    ADD COLUMN claim_cost_minor bigint NOT NULL DEFAULT 0
               CONSTRAINT line_cost_claim_cost_range CHECK (claim_cost_minor BETWEEN 0 AND 1000000000000),
    ADD COLUMN margin_low_minor bigint,
    ADD COLUMN margin_high_minor bigint,
    ADD COLUMN loss_low_minor bigint,
    ADD COLUMN loss_high_minor bigint,
    ADD CONSTRAINT line_cost_margin_order CHECK (margin_low_minor <= margin_high_minor),
    ADD CONSTRAINT line_cost_loss_order CHECK (loss_low_minor <= loss_high_minor);

-- Units that go to a dealer stand on his shelf for so long before they are used.
CREATE TABLE sell_through (
    channel code CONSTRAINT sell_through_pkey PRIMARY KEY,
    days    integer NOT NULL CONSTRAINT sell_through_days_range CHECK (days BETWEEN 0 AND 730)
);
INSERT INTO sell_through (channel, days) VALUES ('dealer', 60), ('distributor', 60);

-- Counts how often costs and the like were changed: with the version of the rollups it tells
-- whether an analysis is still what it was. Not in rollup_state, which a long fold holds.
CREATE TABLE settings_state (
    one_row boolean NOT NULL DEFAULT true CONSTRAINT settings_state_pkey PRIMARY KEY CONSTRAINT settings_state_one_row CHECK (one_row),
    version bigint NOT NULL
);
INSERT INTO settings_state (version) VALUES (0);
CREATE FUNCTION settings_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE settings_state SET version = version + 1;
    RETURN NULL;
END
$$;
CREATE TRIGGER line_cost_changed AFTER INSERT OR UPDATE OR DELETE ON line_cost
    FOR EACH STATEMENT EXECUTE FUNCTION settings_changed();
CREATE TRIGGER product_line_changed AFTER INSERT OR UPDATE OR DELETE ON product_line
    FOR EACH STATEMENT EXECUTE FUNCTION settings_changed();
CREATE TRIGGER fee_rule_changed AFTER INSERT OR UPDATE OR DELETE ON fee_rule
    FOR EACH STATEMENT EXECUTE FUNCTION settings_changed();
CREATE TRIGGER sell_through_changed AFTER INSERT OR UPDATE OR DELETE ON sell_through
    FOR EACH STATEMENT EXECUTE FUNCTION settings_changed();
