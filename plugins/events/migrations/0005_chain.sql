-- The log in blocks of up to 256 rows, closed behind the writes (docs/adr/0050). A block says what is in it, so that a
-- search passes over it, and continues the hash chain of the organization's log, so that a change of the past is noticed.
CREATE TABLE event_block (
    org_id uuid NOT NULL,
    number bigint NOT NULL,
    -- It has the rows behind the first position, up to the second one.
    after_transaction_id bigint NOT NULL,
    after_seq bigint NOT NULL,
    transaction_id bigint NOT NULL,
    seq bigint NOT NULL,
    -- The rows from the beginning of the log to the end of the block, and the chain there.
    row_count bigint NOT NULL,
    chain_hash bytea NOT NULL,
    -- Of each row the 32 bytes of event_hash.
    row_hashes bytea NOT NULL,
    types varchar(100)[] COLLATE "C" NOT NULL,
    user_ids uuid[] NOT NULL,
    token_ids uuid[] NOT NULL,
    operations varchar(100)[] COLLATE "C" NOT NULL,
    -- event_request of each: a number that few of them share.
    requests integer[] NOT NULL,
    first_at timestamptz NOT NULL,
    last_at timestamptz NOT NULL,
    closed_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (org_id, number)
);
-- Beside what a search reads of a block, not in the middle of it.
ALTER TABLE event_block ALTER row_hashes SET STORAGE EXTERNAL, ALTER requests SET STORAGE EXTERNAL;

-- One row for each organization: from where on its log is kept, and how far its blocks reach.
CREATE TABLE event_chain (
    org_id uuid NOT NULL PRIMARY KEY,
    -- What is not behind this position has been deleted. So many blocks and rows were that, and here the chain was then.
    kept_after_transaction_id bigint NOT NULL DEFAULT 0,
    kept_after_seq bigint NOT NULL DEFAULT 0,
    -- The records of the row there, which is packed maybe.
    kept_after_number integer NOT NULL DEFAULT 0,
    deleted_blocks bigint NOT NULL DEFAULT 0,
    deleted_rows bigint NOT NULL DEFAULT 0,
    deleted_hash bytea NOT NULL,
    transaction_id bigint NOT NULL DEFAULT 0,
    seq bigint NOT NULL DEFAULT 0
);

CALL make_tenant_table('event_block');
CALL log_no_events('event_block');
CALL make_tenant_table('event_chain');
CALL log_no_events('event_chain');
-- Requests read them; the functions below write them, as the owner of the tables.
-- old servers work: because none of them knows the tables.
REVOKE INSERT, UPDATE, DELETE ON event_block, event_chain FROM pharus_app;

-- The SHA-256 of a row: of the JSON array of its columns in the order in which the table has them, the array of ids as
-- PostgreSQL's text, the hash of the key in hexadecimal digits, the time in microseconds since 1970 (docs/events.md).
CREATE FUNCTION event_hash(e event) RETURNS bytea LANGUAGE sql STABLE PARALLEL SAFE
    RETURN sha256(convert_to(json_build_array(
        (e).org_id, (e).transaction_id, (e).seq, (e).id, (e).type, (e).record_id, (e).parent_type, (e).parent_id,
        (e).record_ids::text, (e).parent_ids::text, (e).user_id, (e).token_id, (e).request_id,
        encode((e).key_hash, 'hex'), (extract(epoch FROM (e).occurred_at) * 1000000)::bigint, (e).before, (e).after,
        (e).operation
    )::text, 'UTF8'));

-- The chain of an organization's log begins here.
CREATE FUNCTION event_chain_start(org uuid) RETURNS bytea LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN sha256(convert_to('pharus event log ' || org, 'UTF8'));

-- The chain behind more rows: for each of them the SHA-256 of the chain before it and of the row's own hash.
CREATE FUNCTION event_chain_after(chain bytea, row_hashes bytea) RETURNS bytea
    LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
BEGIN
    FOR i IN 0 .. length(row_hashes) / 32 - 1 LOOP
        chain := sha256(chain || substr(row_hashes, i * 32 + 1, 32));
    END LOOP;
    RETURN chain;
END $$;

-- A number that stands for a request id.
CREATE FUNCTION event_request(request_id text) RETURNS integer LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN ('x' || left(md5(request_id), 8))::bit(32)::integer;

CREATE FUNCTION event_union(one anycompatiblearray, other anycompatiblearray) RETURNS anycompatiblearray
    LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$ SELECT ARRAY(SELECT unnest(one) UNION SELECT unnest(other)) $$;

-- Puts up to `most` rows that are complete by now into blocks; how many that were. Nobody waits for it, and of two that
-- call it for one organization the second one does nothing. None can be added before them: see event_horizon.
CREATE FUNCTION close_events(org uuid, most integer) RETURNS integer
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    size CONSTANT integer := 256;
    horizon CONSTANT bigint := event_horizon();
    chain event_chain;
    last event_block;
    each record;
    closed integer := 0;
BEGIN
    INSERT INTO event_chain (org_id, deleted_hash)
    SELECT id, event_chain_start(id) FROM organization WHERE id = org AND purge_requested_at IS NULL
    ON CONFLICT DO NOTHING;
    SELECT * INTO chain FROM event_chain WHERE org_id = org FOR UPDATE SKIP LOCKED;
    IF NOT FOUND THEN
        RETURN 0;
    END IF;
    SELECT * INTO last FROM event_block WHERE org_id = org ORDER BY number DESC LIMIT 1;
    IF NOT FOUND THEN
        last.number := chain.deleted_blocks;
        last.transaction_id := chain.kept_after_transaction_id;
        last.seq := chain.kept_after_seq;
        last.row_count := chain.deleted_rows;
        last.chain_hash := chain.deleted_hash;
        -- Nothing can be added to what is not kept.
        last.row_hashes := NULL;
    END IF;
    FOR each IN
        WITH next AS (
            SELECT e.*, event_hash(e) AS hash,
                (row_number() OVER (ORDER BY transaction_id, seq) - 1
                    + coalesce(length(last.row_hashes) / 32, size)) / size AS part
            FROM event AS e
            WHERE e.org_id = org AND (e.transaction_id, e.seq) > (last.transaction_id, last.seq)
                AND e.transaction_id < horizon
            ORDER BY e.transaction_id, e.seq LIMIT most
        )
        SELECT last.number + part AS number, count(*) AS rows,
            (array_agg(ARRAY[transaction_id, seq] ORDER BY transaction_id DESC, seq DESC))[1:1] AS ends,
            string_agg(hash, '' ORDER BY transaction_id, seq) AS row_hashes,
            array_agg(DISTINCT type) AS types,
            coalesce(array_agg(DISTINCT user_id) FILTER (WHERE user_id IS NOT NULL), '{}') AS user_ids,
            coalesce(array_agg(DISTINCT token_id) FILTER (WHERE token_id IS NOT NULL), '{}') AS token_ids,
            coalesce(array_agg(DISTINCT operation) FILTER (WHERE operation IS NOT NULL), '{}') AS operations,
            coalesce(
                array_agg(DISTINCT event_request(request_id)) FILTER (WHERE request_id IS NOT NULL), '{}'
            ) AS requests,
            min(occurred_at) AS first_at, max(occurred_at) AS last_at
        FROM next GROUP BY part ORDER BY part
    LOOP
        last.row_count := last.row_count + each.rows;
        last.chain_hash := event_chain_after(last.chain_hash, each.row_hashes);
        INSERT INTO event_block (
            org_id, number, after_transaction_id, after_seq, transaction_id, seq, row_count, chain_hash, row_hashes,
            types, user_ids, token_ids, operations, requests, first_at, last_at
        )
        VALUES (
            org, each.number, last.transaction_id, last.seq, each.ends[1][1], each.ends[1][2], last.row_count,
            last.chain_hash, each.row_hashes, each.types, each.user_ids, each.token_ids, each.operations,
            each.requests, each.first_at, each.last_at
        )
        ON CONFLICT (org_id, number) DO UPDATE SET
            transaction_id = excluded.transaction_id, seq = excluded.seq, row_count = excluded.row_count,
            chain_hash = excluded.chain_hash, row_hashes = event_block.row_hashes || excluded.row_hashes,
            types = event_union(event_block.types, excluded.types),
            user_ids = event_union(event_block.user_ids, excluded.user_ids),
            token_ids = event_union(event_block.token_ids, excluded.token_ids),
            operations = event_union(event_block.operations, excluded.operations),
            requests = event_union(event_block.requests, excluded.requests),
            first_at = least(event_block.first_at, excluded.first_at),
            last_at = greatest(event_block.last_at, excluded.last_at), closed_at = now();
        last.transaction_id := each.ends[1][1];
        last.seq := each.ends[1][2];
        closed := closed + each.rows;
    END LOOP;
    IF closed > 0 THEN
        UPDATE event_chain SET transaction_id = last.transaction_id, seq = last.seq WHERE org_id = org;
    END IF;
    RETURN closed;
END $$;

-- The organizations that have rows which are complete and in no block: as many as fill one, or the first of them older
-- than `age`. A block that grows with every row would be written as often.
CREATE FUNCTION events_to_close(age interval) RETURNS SETOF uuid
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT o.id FROM organization AS o LEFT JOIN event_chain AS c ON c.org_id = o.id,
    LATERAL (
        SELECT e.occurred_at FROM event AS e
        WHERE e.org_id = o.id AND (e.transaction_id, e.seq) > (coalesce(c.transaction_id, 0), coalesce(c.seq, 0))
            AND e.transaction_id < event_horizon()
        ORDER BY e.transaction_id, e.seq LIMIT 256
    ) AS next
    WHERE o.purge_requested_at IS NULL
    GROUP BY o.id HAVING count(*) = 256 OR min(next.occurred_at) < now() - age
$$;
-- The sweep calls them, as the role that reaches nothing else.
REVOKE EXECUTE ON FUNCTION close_events, events_to_close FROM PUBLIC;
GRANT EXECUTE ON FUNCTION close_events, events_to_close TO pharus_purge;
