-- What analyses need by the clock of delivery, and in other currencies than the ledger's.

-- For how many days the units of a channel are on their way to the customer.
CREATE TABLE delivery_time (
    channel text COLLATE "C" CONSTRAINT delivery_time_pkey PRIMARY KEY
            CONSTRAINT delivery_time_channel_form CHECK (channel ~ '^(\*|[a-z][a-z0-9_]*)$'),
    days    integer NOT NULL CONSTRAINT delivery_time_days_range CHECK (days BETWEEN 0 AND 365)
);
COMMENT ON COLUMN delivery_time.channel IS '* stands for all channels that have no row.';

CREATE TRIGGER delivery_time_changed AFTER INSERT OR UPDATE OR DELETE ON delivery_time
    FOR EACH STATEMENT EXECUTE FUNCTION settings_changed();
CREATE TRIGGER exchange_rate_changed AFTER INSERT OR UPDATE OR DELETE ON exchange_rate
    FOR EACH STATEMENT EXECUTE FUNCTION settings_changed();
