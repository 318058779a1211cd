-- Work that outlives a request: jobs, the files that are sent in for them, saved mappings.

-- How somebody's files are to be read: the mapping of server/import/map.h, under a name.
CREATE TABLE import_map (
    id         bigint GENERATED ALWAYS AS IDENTITY CONSTRAINT import_map_pkey PRIMARY KEY,
    public_id  public_id NOT NULL CONSTRAINT import_map_public_id_key UNIQUE,
    name       text NOT NULL CONSTRAINT import_map_name_length CHECK (length(name) BETWEEN 1 AND 80)
               CONSTRAINT import_map_name_key UNIQUE,
    body       json NOT NULL,
    created_by bigint CONSTRAINT import_map_created_by_fkey REFERENCES account,
    created_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX import_map_created_by_idx ON import_map (created_by);

-- A file as it came in, piece by piece, so that whichever daemon has time can read it. The
-- bytes are stored as they are: most are compressed already, or read once and removed.
CREATE TABLE upload_piece (
    upload     public_id NOT NULL,
    n          integer NOT NULL CONSTRAINT upload_piece_n_range CHECK (n >= 0),
    bytes      bytea NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT upload_piece_pkey PRIMARY KEY (upload, n)
);
ALTER TABLE upload_piece ALTER COLUMN bytes SET STORAGE EXTERNAL;
CREATE INDEX upload_piece_created_at_idx ON upload_piece (created_at) WHERE n = 0;

CREATE TABLE job (
    id          bigint GENERATED ALWAYS AS IDENTITY CONSTRAINT job_pkey PRIMARY KEY,
    public_id   public_id NOT NULL CONSTRAINT job_public_id_key UNIQUE,
    kind        code NOT NULL CONSTRAINT job_kind_known CHECK (kind IN ('import')),
    state       code NOT NULL DEFAULT 'queued'
                CONSTRAINT job_state_known CHECK (state IN ('queued', 'running', 'succeeded', 'failed', 'cancelled')),
    created_by  bigint NOT NULL CONSTRAINT job_created_by_fkey REFERENCES account,
    -- What is to be done, as it was asked.
    options     json NOT NULL,
    -- The mapping that it named, as it was then.
    map         json,
    upload      public_id CONSTRAINT job_upload_key UNIQUE,
    file_name   text CONSTRAINT job_file_name_length CHECK (length(file_name) BETWEEN 1 AND 200),
    -- How often it was begun: one that was cut off is begun anew.
    attempts    integer NOT NULL DEFAULT 0,
    step        code,
    processed   bigint NOT NULL DEFAULT 0,
    total       bigint NOT NULL DEFAULT 0,
    rejected    bigint NOT NULL DEFAULT 0,
    cancel_asked boolean NOT NULL DEFAULT false,
    -- Why it failed, as a sentence.
    problem     text,
    result      json,
    row_version bigint NOT NULL DEFAULT 1,
    created_at  timestamptz NOT NULL DEFAULT now(),
    started_at  timestamptz,
    finished_at timestamptz,
    CONSTRAINT job_finished_iff_over CHECK ((state IN ('succeeded', 'failed', 'cancelled')) = (finished_at IS NOT NULL))
);
CREATE INDEX job_created_at_idx ON job (created_at, public_id);
CREATE INDEX job_waiting_idx ON job (id) WHERE state IN ('queued', 'running');
CREATE INDEX job_created_by_idx ON job (created_by, created_at);

-- Rows of a file that could not be taken, in the order in which they stand there. What is in
-- them is not kept: a misplaced cell may be somebody's address.
CREATE TABLE job_reject (
    job    bigint NOT NULL CONSTRAINT job_reject_job_fkey REFERENCES job,
    line   bigint NOT NULL,
    -- Of several of one line.
    n      bigint NOT NULL,
    "column" text,
    code   text COLLATE "C" NOT NULL,
    detail text NOT NULL,
    CONSTRAINT job_reject_pkey PRIMARY KEY (job, line, n)
);

-- Whoever watches a job, or waits for one, is told of every change.
CREATE FUNCTION job_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_notify('job_changed', NEW.public_id);
    RETURN NULL;
END
$$;
CREATE TRIGGER job_changed AFTER INSERT OR UPDATE ON job FOR EACH ROW EXECUTE FUNCTION job_changed();
