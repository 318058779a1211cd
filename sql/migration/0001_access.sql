-- Who may come in: accounts, tokens, and the memory of requests already answered.

-- Public ids are a prefix and 128 random bits in Crockford's base32. Internal
-- bigint keys never leave the database: a sequence tells how much business a
-- maker does, and after a fail-over it may hand out the same number twice.
CREATE DOMAIN public_id AS text COLLATE "C"
    CONSTRAINT public_id_form CHECK (VALUE ~ '^[a-z]{3}_[0-9a-hjkmnp-tv-z]{26}$');

CREATE DOMAIN country_code AS text COLLATE "C"
    CONSTRAINT country_code_form CHECK (VALUE ~ '^[A-Z]{2}$');

CREATE DOMAIN currency_code AS text COLLATE "C"
    CONSTRAINT currency_code_form CHECK (VALUE ~ '^[A-Z]{3}$');

CREATE DOMAIN code AS text COLLATE "C"
    CONSTRAINT code_form CHECK (VALUE ~ '^[a-z][a-z0-9_]{0,39}$');

-- Folded to lower-case ASCII by the daemon before it gets here.
CREATE DOMAIN email AS text COLLATE "C"
    CONSTRAINT email_form CHECK (VALUE ~ '^[^@[:space:][:cntrl:]]{1,64}@[^@[:space:][:cntrl:]]{1,189}$');

-- Folded by the daemon: upper case, no blanks.
CREATE DOMAIN serial_number AS text COLLATE "C"
    CONSTRAINT serial_number_form CHECK (VALUE ~ '^[A-Z0-9][A-Z0-9./_-]{2,39}$');

-- A third-party workshop that repairs machines for the maker.
CREATE TABLE partner (
    id         bigint GENERATED ALWAYS AS IDENTITY CONSTRAINT partner_pkey PRIMARY KEY,
    public_id  public_id NOT NULL CONSTRAINT partner_public_id_key UNIQUE,
    name       text NOT NULL CONSTRAINT partner_name_length CHECK (length(name) BETWEEN 2 AND 120),
    country    country_code NOT NULL,
    active     boolean NOT NULL DEFAULT true,
    created_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT partner_name_key UNIQUE (name)
);

CREATE TABLE account (
    id            bigint GENERATED ALWAYS AS IDENTITY CONSTRAINT account_pkey PRIMARY KEY,
    public_id     public_id NOT NULL CONSTRAINT account_public_id_key UNIQUE,
    email         email NOT NULL CONSTRAINT account_email_key UNIQUE,
    name          text NOT NULL CONSTRAINT account_name_length CHECK (length(name) BETWEEN 1 AND 120),
    role          code NOT NULL
                  CONSTRAINT account_role_known CHECK (role IN ('partner_tech', 'agent', 'manager', 'admin')),
    partner       bigint CONSTRAINT account_partner_fkey REFERENCES partner,
    password_hash text NOT NULL,
    active        boolean NOT NULL DEFAULT true,
    created_at    timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT account_partner_iff_partner_tech CHECK ((role = 'partner_tech') = (partner IS NOT NULL))
);
CREATE INDEX account_partner_idx ON account (partner);

-- Requests whose effect is committed, so that a second click gets the first
-- answer. The body is sealed by the daemon: it may hold a capability.
CREATE TABLE idempotency (
    scope        text COLLATE "C" NOT NULL,
    key          text COLLATE "C" NOT NULL CONSTRAINT idempotency_key_length CHECK (length(key) BETWEEN 8 AND 255),
    fingerprint  bytea NOT NULL,
    status       integer NOT NULL,
    location     text,
    etag         text,
    sealed_body  bytea NOT NULL,
    replays      integer NOT NULL DEFAULT 0,
    created_at   timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT idempotency_pkey PRIMARY KEY (scope, key)
);
CREATE INDEX idempotency_created_at_idx ON idempotency (created_at);
