-- What Concertina remembers. It lives in a schema of its own, with a Flyway history of its own.

-- Triggers call functions of this schema with the rights of whoever writes. The tables stay closed to others.
GRANT USAGE ON SCHEMA "${flyway:defaultSchema}" TO PUBLIC;

CREATE TABLE change (
    id            text PRIMARY KEY,
    version       text        NOT NULL UNIQUE,
    fingerprint   text        NOT NULL,
    contract      text        NOT NULL,
    plan          jsonb       NOT NULL,
    plan_print    text        NOT NULL,
    kept_by       text        NOT NULL,
    phase         text        NOT NULL,
    status        text        NOT NULL,
    reason        text,
    dropped       boolean     NOT NULL DEFAULT false,
    read_share    integer     NOT NULL DEFAULT 0 CHECK (read_share BETWEEN 0 AND 100),
    read_share_since timestamptz NOT NULL DEFAULT now(),
    workers       integer CHECK (workers > 0),
    batch_millis  bigint  CHECK (batch_millis > 0),
    pause_millis  bigint  CHECK (pause_millis >= 0),
    approved_by   text,
    approved_at   timestamptz,
    retired_at    timestamptz,
    missed_at     timestamptz,
    soaked        boolean     NOT NULL DEFAULT false,
    since         timestamptz NOT NULL DEFAULT now()
);
COMMENT ON TABLE change IS 'One row a change, from its expand on. Phase and status move by compare-and-set only. It counts as dropped, too, once an application that keeps both structures has stopped to write the old one. What workers, batch_millis and pause_millis say counts on every instance, instead of what it is configured with.';

CREATE TABLE source_table (
    change_id text     NOT NULL REFERENCES change ON DELETE CASCADE,
    name      text     NOT NULL,
    relation  regclass NOT NULL,
    columns   jsonb    NOT NULL,
    PRIMARY KEY (change_id, name)
);
COMMENT ON TABLE source_table IS 'Which tables a change copies and compares, and the types of the columns that it names, as they were when it was expanded.';

CREATE TABLE chunk (
    id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    change_id   text    NOT NULL REFERENCES change ON DELETE CASCADE,
    phase       text    NOT NULL,
    step        integer NOT NULL,
    relation    regclass NOT NULL,
    units       bigint  NOT NULL,
    units_done  bigint  NOT NULL DEFAULT 0,
    filenode    oid,
    first_block bigint,
    next_block  bigint,
    end_block   bigint,
    pass        integer NOT NULL DEFAULT 0,
    passes      integer NOT NULL DEFAULT 1,
    key_columns text[],
    key_types   text[],
    first_key   text[],
    next_key    text[],
    end_key     text[],
    open        boolean GENERATED ALWAYS AS (coalesce(next_block < end_block, next_key IS DISTINCT FROM end_key)) STORED,
    row_count   bigint  NOT NULL DEFAULT 0,
    missing     bigint  NOT NULL DEFAULT 0,
    different   bigint  NOT NULL DEFAULT 0,
    extra       bigint  NOT NULL DEFAULT 0,
    batches     bigint  NOT NULL DEFAULT 0,
    attempts    integer NOT NULL DEFAULT 0,
    max_units   bigint,
    CHECK (num_nonnulls(filenode, first_block, next_block, end_block) = 4 AND num_nulls(key_columns, key_types, first_key, next_key, end_key) = 5
        OR num_nulls(filenode, first_block, next_block, end_block) = 4 AND num_nonnulls(key_columns, key_types, end_key) = 3)
) WITH (fillfactor = 50);
COMMENT ON TABLE chunk IS 'Rows to copy or to compare. Either a range of blocks, of a file that a rewrite of its table replaces; all of it is gone over once in each pass. Or the rows behind first_key (NULL for the start of the table) up to end_key, done up to next_key. Its row lock is the claim, held for one batch. After a batch has failed, the next ones have fewer units (blocks, or rows of a range of keys) at most: 0 is a few, row by row.';
CREATE INDEX chunk_open ON chunk (change_id, phase, step, attempts, (id / 8)) WHERE open;
CREATE INDEX chunk_step ON chunk (change_id, phase, step);

-- In PL/pgSQL, as it keeps its plan from one call to the next, whatever pooler or driver is in between. A dropped table has no name any
-- more, and no file.
CREATE FUNCTION claim_chunk(of_change text, of_phase text, of_step integer)
RETURNS TABLE (id bigint, relation text, first_block bigint, next_block bigint, end_block bigint, pass integer, passes integer,
               key_columns text[], key_types text[], next_key text[], end_key text[], units bigint, units_done bigint, batches bigint,
               max_units bigint)
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
#variable_conflict use_column
BEGIN
  RETURN QUERY
  SELECT c.id, named.identity, c.first_block, c.next_block, c.end_block, c.pass, c.passes, c.key_columns, c.key_types, c.next_key, c.end_key,
         c.units, c.units_done, c.batches, c.max_units
    FROM (SELECT *
            FROM "${flyway:defaultSchema}".chunk
           WHERE change_id = of_change AND phase = of_phase AND step = of_step AND open
             AND CASE WHEN filenode IS NULL THEN to_regclass(relation::text) IS NOT NULL
                      ELSE filenode = pg_relation_filenode(relation) END
             AND EXISTS (SELECT FROM "${flyway:defaultSchema}".change WHERE id = of_change AND phase = of_phase AND status = 'RUNNING')
           ORDER BY attempts, id / 8, pass, id
           LIMIT 1
             FOR UPDATE SKIP LOCKED) AS c
   CROSS JOIN LATERAL pg_identify_object('pg_class'::regclass, c.relation, 0) AS named
   WHERE named.identity IS NOT NULL;
END $$;
COMMENT ON FUNCTION claim_chunk IS 'Locks the next open chunk of a step that nobody has locked, while its change runs in the phase. Eight chunks are gone over by turns, pass by pass.';

CREATE TABLE keyset (
    change_id   text     NOT NULL REFERENCES change ON DELETE CASCADE,
    phase       text     NOT NULL,
    step        integer  NOT NULL,
    relation    regclass NOT NULL,
    key_columns text[]   NOT NULL,
    key_types   text[]   NOT NULL,
    planned_key text[],
    last_key    text[],
    chunk_rows  bigint   NOT NULL,
    units_left  bigint   NOT NULL CHECK (units_left >= 0),
    PRIMARY KEY (change_id, phase, step, relation)
);
COMMENT ON TABLE keyset IS 'How far a table that is gone over by a key is cut into chunks: up to planned_key of last_key, the last one when that began (NULL if it was empty). What is not cut yet counts as units_left in the progress.';

CREATE TABLE verdict (
    id        bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    change_id text        NOT NULL REFERENCES change ON DELETE CASCADE,
    at        timestamptz NOT NULL DEFAULT clock_timestamp(),
    row_count bigint      NOT NULL,
    missing   bigint      NOT NULL,
    different bigint      NOT NULL,
    extra     bigint      NOT NULL,
    lsn       pg_lsn      NOT NULL DEFAULT pg_current_wal_insert_lsn()
);
COMMENT ON TABLE verdict IS 'The result of each full comparison; the last one counts, and it expires. A standby that has replayed up to lsn has all that was compared.';

CREATE TABLE mismatch (
    id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    change_id  text        NOT NULL REFERENCES change ON DELETE CASCADE,
    table_name text        NOT NULL,
    key        text        NOT NULL,
    difference text        NOT NULL,
    found_at   timestamptz NOT NULL DEFAULT clock_timestamp()
);
COMMENT ON TABLE mismatch IS 'Keys of rows that the comparison at hand has found unequal.';

CREATE TABLE poison_row (
    id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    change_id  text        NOT NULL REFERENCES change ON DELETE CASCADE,
    phase      text        NOT NULL,
    step       integer     NOT NULL,
    relation   regclass    NOT NULL,
    key        text        NOT NULL,
    condition  text        NOT NULL,
    error      text        NOT NULL,
    attempts   integer     NOT NULL DEFAULT 1,
    again      boolean     NOT NULL DEFAULT false,
    found_at   timestamptz NOT NULL DEFAULT clock_timestamp(),
    tried_at   timestamptz NOT NULL DEFAULT clock_timestamp()
);
COMMENT ON TABLE poison_row IS 'Rows that could not be copied, with what PostgreSQL said. A row that shall be tried again is claimed as a chunk is.';
CREATE INDEX poison_row_step ON poison_row (change_id, phase, step);

CREATE TABLE instance (
    id           text PRIMARY KEY,
    application  text        NOT NULL,
    version      text        NOT NULL,
    sessions     text[]      NOT NULL,
    knows        text[]      NOT NULL,
    releases     text[]      NOT NULL,
    routes       text[]      NOT NULL,
    acknowledged jsonb       NOT NULL,
    started_at   timestamptz NOT NULL DEFAULT clock_timestamp(),
    heartbeat    timestamptz NOT NULL DEFAULT clock_timestamp()
) WITH (fillfactor = 50);
COMMENT ON TABLE instance IS 'The instances of the application that are there, whatever their versions: the values of application_name that their sessions have; the changes that they know, that they let drop their old structure, whose reads and writes they route; and the state in which they have last seen each of them.';

CREATE TABLE event (
    id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    change_id  text        NOT NULL REFERENCES change ON DELETE CASCADE,
    at         timestamptz NOT NULL DEFAULT clock_timestamp(),
    actor      text        NOT NULL,
    from_state text        NOT NULL,
    to_state   text        NOT NULL,
    reason     text
);
COMMENT ON TABLE event IS 'Append-only: who moved a change, when, from where, to where, and why.';

CREATE TABLE installation (
    fresh boolean NOT NULL
);
COMMENT ON TABLE installation IS 'Whether the application''s schema was empty when this one was made, and its first start is not over.';
INSERT INTO installation VALUES (${fresh});
