-- The service road: registrations, returns, tickets, and what happened to them.

-- A customer's word that a machine is theirs. There is no account: the pair of
-- product and serial is the machine, whether or not it is in the registry.
CREATE TABLE registration (
    id            bigint GENERATED ALWAYS AS IDENTITY CONSTRAINT registration_pkey PRIMARY KEY,
    public_id     public_id NOT NULL CONSTRAINT registration_public_id_key UNIQUE,
    product       bigint NOT NULL CONSTRAINT registration_product_fkey REFERENCES product,
    serial        serial_number NOT NULL,
    unit          bigint CONSTRAINT registration_unit_fkey REFERENCES unit,
    state         code NOT NULL CONSTRAINT registration_state_known CHECK (state IN ('active', 'disputed')),
    buyer_type    code NOT NULL CONSTRAINT registration_buyer_type_known CHECK (buyer_type IN ('consumer', 'business')),
    country       country_code NOT NULL,
    purchased_on  date NOT NULL
                  CONSTRAINT registration_purchased_on_range CHECK (purchased_on BETWEEN '1990-01-01' AND '2199-12-31'),
    channel       code,
    order_number  text CONSTRAINT registration_order_number_length CHECK (length(order_number) BETWEEN 1 AND 60),
    email         email NOT NULL,
    locale        text COLLATE "C" NOT NULL,
    row_version   bigint NOT NULL DEFAULT 1,
    created_at    timestamptz NOT NULL DEFAULT now()
);
CREATE UNIQUE INDEX registration_active_key ON registration (product, serial) WHERE state = 'active';
CREATE INDEX registration_unit_idx ON registration (unit);
CREATE INDEX registration_serial_idx ON registration (product, serial);
CREATE INDEX registration_created_at_idx ON registration (created_at, public_id);
CREATE INDEX registration_state_created_at_idx ON registration (state, created_at, public_id);

-- The states of a return; `counted` ones are returned units in the return rates,
-- `open` ones forbid a second return of the same machine.
CREATE TABLE return_state (
    code    code CONSTRAINT return_state_pkey PRIMARY KEY,
    open    boolean NOT NULL,
    counted boolean NOT NULL
);
INSERT INTO return_state (code, open, counted)
VALUES ('submitted', true,  false),
       ('need_info', true,  false),
       ('approved',  true,  true),
       ('settled',   true,  true),
       ('closed',    false, true),
       ('rejected',  false, false),
       ('cancelled', false, false);

-- The moves a person may make; moves that a ticket causes are not listed here.
CREATE TABLE return_transition (
    from_state code NOT NULL CONSTRAINT return_transition_from_fkey REFERENCES return_state,
    to_state   code NOT NULL CONSTRAINT return_transition_to_fkey REFERENCES return_state,
    who        code NOT NULL CONSTRAINT return_transition_who_known CHECK (who IN ('customer', 'staff')),
    CONSTRAINT return_transition_pkey PRIMARY KEY (from_state, to_state, who)
);
INSERT INTO return_transition (from_state, to_state, who)
VALUES ('submitted', 'need_info', 'staff'),
       ('submitted', 'approved',  'staff'),
       ('submitted', 'rejected',  'staff'),
       ('submitted', 'cancelled', 'customer'),
       ('need_info', 'submitted', 'staff'),
       ('need_info', 'approved',  'staff'),
       ('need_info', 'rejected',  'staff'),
       ('need_info', 'cancelled', 'customer'),
       ('approved',  'settled',   'staff'),
       ('approved',  'rejected',  'staff'),
       ('settled',   'closed',    'staff'),
       ('settled',   'approved',  'staff'),
       ('closed',    'approved',  'staff');

CREATE TABLE return_reason (
    code    code CONSTRAINT return_reason_pkey PRIMARY KEY,
    number  text COLLATE "C" NOT NULL CONSTRAINT return_reason_number_key UNIQUE,
    quality boolean NOT NULL,
    offered boolean NOT NULL
);
INSERT INTO return_reason (number, code, quality, offered)
VALUES ('R01', 'no_longer_wanted', false, true),
       ('R02', 'not_as_described', true,  true),
       ('R03', 'quality_poor',     true,  true),
       ('R04', 'doa',              true,  true),
       ('R05', 'failed_in_use',    true,  true),
       ('R06', 'performance_low',  true,  true),
       ('R07', 'hard_to_use',      false, true),
       ('R08', 'missing_parts',    true,  true),
       ('R09', 'wrong_item',       false, true),
       ('R10', 'transport_damage', false, true),
       ('R11', 'late',             false, false),
       ('R12', 'never_arrived',    false, false),
       ('R13', 'undeliverable',    false, false),
       ('R14', 'safety',           true,  true),
       ('R15', 'recall',           false, false),
       ('R16', 'stock_return',     false, false),
       ('R17', 'repeat',           true,  true),
       ('R18', 'noise_smell',      true,  true),
       ('R99', 'none_given',       false, false);

CREATE TABLE return (
    id           bigint GENERATED ALWAYS AS IDENTITY CONSTRAINT return_pkey PRIMARY KEY,
    public_id    public_id NOT NULL CONSTRAINT return_public_id_key UNIQUE,
    -- What people say on the telephone; never an authority for anything.
    number       text COLLATE "C" NOT NULL CONSTRAINT return_number_key UNIQUE
                 CONSTRAINT return_number_form CHECK (number ~ '^R-[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]$'),
    state        code NOT NULL DEFAULT 'submitted' CONSTRAINT return_state_fkey REFERENCES return_state,
    product      bigint NOT NULL CONSTRAINT return_product_fkey REFERENCES product,
    -- What the customer named, as it was called on that day: a copy of the
    -- product's, so that reading a return, the busiest request, takes one row.
    product_id   public_id NOT NULL,
    model        text COLLATE "C" NOT NULL,
    line_code    code NOT NULL,
    serial       serial_number NOT NULL,
    unit         bigint CONSTRAINT return_unit_fkey REFERENCES unit,
    reason       code NOT NULL CONSTRAINT return_reason_fkey REFERENCES return_reason,
    description  text NOT NULL CONSTRAINT return_description_length CHECK (length(description) BETWEEN 10 AND 4000),
    country      country_code NOT NULL,
    channel      code,
    order_number text CONSTRAINT return_order_number_length CHECK (length(order_number) BETWEEN 1 AND 60),
    name         text NOT NULL CONSTRAINT return_name_length CHECK (length(name) BETWEEN 1 AND 120),
    email        email NOT NULL,
    phone        text COLLATE "C" CONSTRAINT return_phone_form CHECK (phone ~ '^\+[1-9][0-9]{6,14}$'),
    locale       text COLLATE "C" NOT NULL,
    -- Public id of the ticket offered last; here for the same reason.
    newest_ticket public_id,
    row_version  bigint NOT NULL DEFAULT 1,
    created_at   timestamptz NOT NULL DEFAULT now(),
    updated_at   timestamptz NOT NULL DEFAULT now()
);
-- One open return for a machine: also what stops a serial being filed twice.
CREATE UNIQUE INDEX return_open_key ON return (product, serial)
    WHERE state IN ('submitted', 'need_info', 'approved', 'settled');
CREATE INDEX return_created_at_idx ON return (created_at, public_id);
CREATE INDEX return_state_created_at_idx ON return (state, created_at, public_id);
CREATE INDEX return_unit_idx ON return (unit);

-- A service partner's part of a return. At most one is alive at a time.
CREATE TABLE ticket_state (
    code code CONSTRAINT ticket_state_pkey PRIMARY KEY,
    open boolean NOT NULL
);
INSERT INTO ticket_state (code, open)
VALUES ('offered', true), ('accepted', true), ('appointed', true), ('in_work', true),
       ('waiting_parts', true), ('done', true), ('verified', false),
       ('declined', false), ('cancelled', false);

-- The moves of a ticket, who may make them, and the state they put the return into.
CREATE TABLE ticket_transition (
    from_state   code NOT NULL CONSTRAINT ticket_transition_from_fkey REFERENCES ticket_state,
    to_state     code NOT NULL CONSTRAINT ticket_transition_to_fkey REFERENCES ticket_state,
    who          code NOT NULL CONSTRAINT ticket_transition_who_known CHECK (who IN ('partner', 'staff')),
    return_state code CONSTRAINT ticket_transition_return_state_fkey REFERENCES return_state,
    CONSTRAINT ticket_transition_pkey PRIMARY KEY (from_state, to_state, who)
);
INSERT INTO ticket_transition (from_state, to_state, who, return_state)
VALUES ('offered',       'accepted',      'partner', 'approved'),
       ('offered',       'declined',      'partner', NULL),
       ('accepted',      'appointed',     'partner', NULL),
       ('accepted',      'in_work',       'partner', NULL),
       ('appointed',     'in_work',       'partner', NULL),
       ('in_work',       'waiting_parts', 'partner', NULL),
       ('waiting_parts', 'in_work',       'partner', NULL),
       ('in_work',       'done',          'partner', 'settled'),
       ('done',          'in_work',       'staff',   'approved'),
       ('done',          'verified',      'staff',   'closed'),
       ('offered',       'cancelled',     'staff',   NULL),
       ('accepted',      'cancelled',     'staff',   NULL),
       ('appointed',     'cancelled',     'staff',   NULL),
       ('in_work',       'cancelled',     'staff',   NULL),
       ('waiting_parts', 'cancelled',     'staff',   NULL);

CREATE TABLE ticket (
    id          bigint GENERATED ALWAYS AS IDENTITY CONSTRAINT ticket_pkey PRIMARY KEY,
    public_id   public_id NOT NULL CONSTRAINT ticket_public_id_key UNIQUE,
    return      bigint NOT NULL CONSTRAINT ticket_return_fkey REFERENCES return,
    partner     bigint NOT NULL CONSTRAINT ticket_partner_fkey REFERENCES partner,
    state       code NOT NULL DEFAULT 'offered' CONSTRAINT ticket_state_fkey REFERENCES ticket_state,
    row_version bigint NOT NULL DEFAULT 1,
    created_at  timestamptz NOT NULL DEFAULT now(),
    updated_at  timestamptz NOT NULL DEFAULT now()
);
CREATE UNIQUE INDEX ticket_open_key ON ticket (return)
    WHERE state IN ('offered', 'accepted', 'appointed', 'in_work', 'waiting_parts', 'done');
CREATE INDEX ticket_return_idx ON ticket (return);
CREATE INDEX ticket_partner_idx ON ticket (partner, created_at, public_id);
CREATE INDEX ticket_partner_state_idx ON ticket (partner, state, created_at, public_id);
CREATE INDEX ticket_created_at_idx ON ticket (created_at, public_id);

-- Which partner can be offered which work.
CREATE TABLE partner_coverage (
    partner bigint NOT NULL CONSTRAINT partner_coverage_partner_fkey REFERENCES partner,
    line    bigint NOT NULL CONSTRAINT partner_coverage_line_fkey REFERENCES product_line,
    country country_code NOT NULL,
    CONSTRAINT partner_coverage_pkey PRIMARY KEY (line, country, partner)
);

-- What happened, in order, for ever. `internal` events are for staff only.
CREATE TABLE return_event (
    id         bigint GENERATED ALWAYS AS IDENTITY CONSTRAINT return_event_pkey PRIMARY KEY,
    public_id  public_id NOT NULL CONSTRAINT return_event_public_id_key UNIQUE,
    return     bigint NOT NULL CONSTRAINT return_event_return_fkey REFERENCES return,
    ticket     bigint CONSTRAINT return_event_ticket_fkey REFERENCES ticket,
    kind       code NOT NULL
               CONSTRAINT return_event_kind_known CHECK (kind IN ('filed', 'state_changed', 'ticket_offered', 'ticket_moved', 'message')),
    actor_role code NOT NULL
               CONSTRAINT return_event_actor_role_known CHECK (actor_role IN ('customer', 'partner_tech', 'agent', 'manager', 'admin', 'system')),
    actor      bigint CONSTRAINT return_event_actor_fkey REFERENCES account,
    from_state code,
    to_state   code,
    note       text CONSTRAINT return_event_note_length CHECK (length(note) BETWEEN 1 AND 4000),
    internal   boolean NOT NULL DEFAULT false,
    -- Not now(): what one transaction does must be told in the order it was done.
    created_at timestamptz NOT NULL DEFAULT clock_timestamp()
);
CREATE INDEX return_event_return_idx ON return_event (return, created_at, public_id);

CREATE FUNCTION return_event_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'return_event is append-only';
END
$$;
CREATE TRIGGER return_event_append_only
    BEFORE UPDATE OR DELETE OR TRUNCATE ON return_event
    FOR EACH STATEMENT EXECUTE FUNCTION return_event_refuse();

-- Opaque tokens: a session of an account (cookie), or a capability for one
-- return (bearer). Only the BLAKE2b-256 of a token is kept.
CREATE TABLE token (
    hash         bytea CONSTRAINT token_pkey PRIMARY KEY CONSTRAINT token_hash_length CHECK (length(hash) = 32),
    account      bigint CONSTRAINT token_account_fkey REFERENCES account,
    return       bigint CONSTRAINT token_return_fkey REFERENCES return,
    created_at   timestamptz NOT NULL DEFAULT now(),
    last_used_at timestamptz NOT NULL DEFAULT now(),
    expires_at   timestamptz NOT NULL,
    CONSTRAINT token_opens_one_thing CHECK (num_nonnulls(account, return) = 1)
);
CREATE INDEX token_account_idx ON token (account) WHERE account IS NOT NULL;
CREATE INDEX token_return_idx ON token (return) WHERE return IS NOT NULL;
CREATE INDEX token_expires_at_idx ON token (expires_at);

-- The daemons remember tokens for a minute; they are told of each that ends early.
CREATE FUNCTION token_revoked() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_notify('token_revoked', encode(OLD.hash, 'hex'));
    RETURN NULL;
END
$$;
CREATE TRIGGER token_revoked
    AFTER DELETE ON token
    FOR EACH ROW WHEN (OLD.expires_at > now()) EXECUTE FUNCTION token_revoked();

-- Who may do less than before, or another thing, has to sign in again.
CREATE FUNCTION account_sign_out() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    DELETE FROM token WHERE account = NEW.id;
    RETURN NULL;
END
$$;
CREATE TRIGGER account_sign_out
    AFTER UPDATE OF active, role, partner, password_hash ON account
    FOR EACH ROW EXECUTE FUNCTION account_sign_out();
