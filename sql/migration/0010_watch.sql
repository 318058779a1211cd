-- Watching lines: thresholds with their history, flags and what became of them.

-- Whose units count against a marketplace's rule: the channel of that name, and those that
-- begin with it and '_'.
ALTER TABLE fee_rule ADD COLUMN channel code NOT NULL DEFAULT 'amazon';

-- Costs are entered by people, and it is kept by whom.
ALTER TABLE line_cost
    ADD COLUMN entered_at timestamptz NOT NULL DEFAULT now(),
    ADD COLUMN entered_by bigint CONSTRAINT line_cost_entered_by_fkey REFERENCES account,
    ADD CONSTRAINT line_cost_valid_from_range CHECK (valid_from BETWEEN '1990-01-01' AND '2199-12-31'),
    -- An uncertain number has both ends.
    ADD CONSTRAINT line_cost_margin_range CHECK ((margin_low_minor IS NULL) = (margin_high_minor IS NULL)),
    ADD CONSTRAINT line_cost_loss_range CHECK ((loss_low_minor IS NULL) = (loss_high_minor IS NULL));

CREATE INDEX line_cost_entered_by_idx ON line_cost (entered_by) WHERE entered_by IS NOT NULL;

-- Reasons that speak of a danger, in whatever words a source has for them.
ALTER TABLE cohort_return
    ADD COLUMN danger boolean NOT NULL GENERATED ALWAYS AS
               (lower(reason) ~ '(^|[^a-z])(safety|fire|smoke|co|shock|burn|burns|burnt|burned|burning)([^a-z]|$)') STORED;
CREATE INDEX cohort_return_danger_idx ON cohort_return (line, event_month) WHERE danger;
ALTER TABLE uncovered_return
    ADD COLUMN danger boolean NOT NULL GENERATED ALWAYS AS
               (lower(reason) ~ '(^|[^a-z])(safety|fire|smoke|co|shock|burn|burns|burnt|burned|burning)([^a-z]|$)') STORED;

-- Thresholds that were changed: the newest row of a name is in force, without one the default
-- of the program. Append-only.
CREATE TABLE flag_setting (
    id         bigint GENERATED ALWAYS AS IDENTITY CONSTRAINT flag_setting_pkey PRIMARY KEY,
    public_id  public_id NOT NULL CONSTRAINT flag_setting_public_id_key UNIQUE,
    name       code NOT NULL,
    value      double precision NOT NULL CONSTRAINT flag_setting_value_finite CHECK (abs(value) < 'infinity'),
    note       text NOT NULL CONSTRAINT flag_setting_note_length CHECK (length(note) BETWEEN 1 AND 1000),
    actor      bigint CONSTRAINT flag_setting_actor_fkey REFERENCES account,
    -- Not now(): who waited for another's change comes after it.
    created_at timestamptz NOT NULL DEFAULT clock_timestamp()
);
CREATE INDEX flag_setting_name_idx ON flag_setting (name, created_at, public_id);
CREATE INDEX flag_setting_actor_idx ON flag_setting (actor) WHERE actor IS NOT NULL;
CREATE TRIGGER flag_setting_changed AFTER INSERT ON flag_setting
    FOR EACH STATEMENT EXECUTE FUNCTION settings_changed();

-- What is wrong with a line, from the day it was seen to the day it was over.
CREATE TABLE flag (
    id          bigint GENERATED ALWAYS AS IDENTITY CONSTRAINT flag_pkey PRIMARY KEY,
    public_id   public_id NOT NULL CONSTRAINT flag_public_id_key UNIQUE,
    line        bigint NOT NULL CONSTRAINT flag_line_fkey REFERENCES product_line,
    code        code NOT NULL,
    -- What of the line, if it is not all of it: a lot.
    subject     text COLLATE "C" NOT NULL DEFAULT '' CONSTRAINT flag_subject_length CHECK (length(subject) <= 40),
    level       code NOT NULL
                CONSTRAINT flag_level_known CHECK (level IN ('no_verdict', 'watch', 'at_risk', 'loss_making')),
    state       code NOT NULL DEFAULT 'raised'
                CONSTRAINT flag_state_known CHECK (state IN ('raised', 'acknowledged', 'cleared')),
    sentence    text NOT NULL CONSTRAINT flag_sentence_length CHECK (length(sentence) BETWEEN 1 AND 2000),
    -- The figures it stands on, as they were told on the day `as_of`.
    evidence    json NOT NULL,
    as_of       date NOT NULL,
    raised_on   date NOT NULL,
    -- Since when the reason is gone; not yet long enough to be sure.
    clean_since date,
    cleared_on  date,
    row_version bigint NOT NULL DEFAULT 1,
    raised_at   timestamptz NOT NULL DEFAULT clock_timestamp(),
    updated_at  timestamptz NOT NULL DEFAULT clock_timestamp(),
    CONSTRAINT flag_cleared_has_day CHECK ((state = 'cleared') = (cleared_on IS NOT NULL))
);
CREATE UNIQUE INDEX flag_open_key ON flag (line, code, subject) WHERE state <> 'cleared';
CREATE INDEX flag_raised_at_idx ON flag (raised_at, public_id);
CREATE INDEX flag_line_idx ON flag (line, raised_at, public_id);

CREATE TABLE flag_event (
    id         bigint GENERATED ALWAYS AS IDENTITY CONSTRAINT flag_event_pkey PRIMARY KEY,
    public_id  public_id NOT NULL CONSTRAINT flag_event_public_id_key UNIQUE,
    flag       bigint NOT NULL CONSTRAINT flag_event_flag_fkey REFERENCES flag,
    kind       code NOT NULL
               CONSTRAINT flag_event_kind_known CHECK (kind IN ('raised', 'level_changed', 'acknowledged', 'cleared')),
    from_level code,
    to_level   code,
    -- What was seen, or what somebody said.
    note       text NOT NULL CONSTRAINT flag_event_note_length CHECK (length(note) BETWEEN 1 AND 4000),
    evidence   json,
    actor      bigint CONSTRAINT flag_event_actor_fkey REFERENCES account,
    created_at timestamptz NOT NULL DEFAULT clock_timestamp()
);
CREATE INDEX flag_event_flag_idx ON flag_event (flag, created_at, public_id);
CREATE INDEX flag_event_actor_idx ON flag_event (actor) WHERE actor IS NOT NULL;

CREATE FUNCTION append_only_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is append-only', TG_TABLE_NAME;
END
$$;
CREATE TRIGGER flag_event_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON flag_event
    FOR EACH STATEMENT EXECUTE FUNCTION append_only_refuse();
CREATE TRIGGER flag_setting_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON flag_setting
    FOR EACH STATEMENT EXECUTE FUNCTION append_only_refuse();

-- What is thought of each line, since when.
CREATE TABLE line_status (
    line   bigint CONSTRAINT line_status_pkey PRIMARY KEY CONSTRAINT line_status_line_fkey REFERENCES product_line,
    status code NOT NULL
           CONSTRAINT line_status_known CHECK (status IN ('no_verdict', 'earning', 'watch', 'at_risk', 'loss_making')),
    since  date NOT NULL
);

-- What the newest evaluation of all lines was made of.
CREATE TABLE flag_run (
    one_row          boolean NOT NULL DEFAULT true CONSTRAINT flag_run_pkey PRIMARY KEY CONSTRAINT flag_run_one_row CHECK (one_row),
    data_version     bigint,
    settings_version bigint,
    as_of            date,
    evaluated_at     timestamptz
);
INSERT INTO flag_run DEFAULT VALUES;
