-- Search by a part of a text through an index, behind row-level security: docs/adr/0021.
--
-- Row-level security lets only leakproof conditions choose rows from an index, and none that looks into a text is. So a
-- function looks for the ids, as a role that reads the searched columns and nothing else, and of the organization that
-- the transaction acts in and of no other.
DO $$
BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'pharus_search') THEN
        BEGIN
            CREATE ROLE pharus_search NOLOGIN;
        EXCEPTION WHEN duplicate_object OR unique_violation THEN
            NULL;
        END;
    END IF;
    IF NOT pg_has_role(current_user, 'pharus_search', 'MEMBER') THEN
        GRANT pharus_search TO CURRENT_USER;
    END IF;
    GRANT USAGE ON SCHEMA public TO pharus_search;
END $$;

-- What a text is found by, in small letters: each two letters that follow one another, its last letter, and, if any of
-- its letters is not of ASCII, each letter. Each key is behind a mark of the organization, so that a search passes over
-- the entries of others. The pairs are those from the first letter on and those from the second on: an expression
-- splits a text in a tenth of the time of a loop. A text with the character that separates keys has the key ''.
CREATE FUNCTION search_keys(org_id uuid, content text) RETURNS text[]
    LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
DECLARE
    lowered text := lower(content);
    mark text := right(org_id::text, 5);
    split text := E'\\1\x01' || mark;
    keys text := mark || regexp_replace(lowered, '(..)', split, 'g')
        || E'\x01' || mark || regexp_replace(substr(lowered, 2), '(..)', split, 'g');
BEGIN
    IF lowered ~ '[^ -~]' THEN
        keys := keys || E'\x01' || mark || regexp_replace(lowered, '(.)', split, 'g');
    END IF;
    RETURN string_to_array(keys, E'\x01');
END $$;

-- What a text must have, all of it, for a pattern of `ILIKE` to find it: `%` at both ends of an escaped text. Of a single
-- letter it is one of these: the letter itself, or a pair that begins with it.
CREATE FUNCTION searched_keys(org_id uuid, pattern text) RETURNS text[]
    LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
DECLARE
    wanted text := regexp_replace(lower(pattern), '^%|%$|\\(.)', '\1', 'g');
    mark text := right(org_id::text, 5);
BEGIN
    IF position(E'\x01' IN wanted) > 0 THEN
        RETURN ARRAY[''];
    ELSIF length(wanted) = 1 THEN
        RETURN (SELECT array_agg(mark || wanted || chr(follows)) FROM generate_series(32, 126) AS follows)
            || (mark || wanted);
    END IF;
    RETURN (
        SELECT array_agg(DISTINCT mark || substr(wanted, first, 2)) FROM generate_series(1, length(wanted) - 1) AS first
    );
END $$;

-- Makes a table searchable by these columns, none of which is NULL in any row: the index, and the function
-- `search_<table>(pattern)` that answers the ids of the records that have what the pattern asks for in one of them.
--
-- The function runs as pharus_search, whose policy lets it see all rows of these columns, so that the index may choose
-- them. The wall is in its text: only rows of the organization that is set, as in the policy of everybody else. That is
-- written so that no other index can serve it: the planner does not know how few rows have a key.
CREATE PROCEDURE make_searchable(name regclass, VARIADIC columns text[])
    LANGUAGE plpgsql AS $$
DECLARE
    named text := (SELECT string_agg(quote_ident(each), ', ') FROM unnest(columns) AS each);
    content text := (SELECT string_agg(quote_ident(each), $sep$ || E'\n' || $sep$) FROM unnest(columns) AS each);
    found text := (SELECT string_agg(quote_ident(each) || ' ILIKE pattern', ' OR ') FROM unnest(columns) AS each);
    plain text := (SELECT relname FROM pg_class WHERE oid = name);
    function text := quote_ident('search_' || plain);
BEGIN
    -- What is new waits in a list, which every search reads: a short one. A longer one makes writing no faster.
    EXECUTE format(
        'CREATE INDEX %I ON %s USING gin (search_keys(org_id, %s) COLLATE "C") WITH (gin_pending_list_limit = 128)',
        plain || '_search', name, content
    );
    EXECUTE format('CREATE POLICY search ON %s FOR SELECT TO pharus_search USING (true)', name);
    EXECUTE format('GRANT SELECT (org_id, id, %s) ON %s TO pharus_search', named, name);
    EXECUTE format(
        $sql$
        CREATE FUNCTION %1$s(pattern text) RETURNS uuid[]
            LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp
            SET enable_seqscan = off SET max_parallel_workers_per_gather = 0 AS $function$
        DECLARE
            keys text[] := searched_keys(current_org(), pattern);
        BEGIN
            -- One letter between the signs for anything.
            IF length(regexp_replace(lower(pattern), '\\(.)', '\1')) = 3 THEN
                RETURN ARRAY(
                    SELECT id FROM %2$s
                    WHERE (org_id = current_org()) IS TRUE AND (%3$s) AND search_keys(org_id, %4$s) COLLATE "C" && keys
                );
            END IF;
            RETURN ARRAY(
                SELECT id FROM %2$s
                WHERE (org_id = current_org()) IS TRUE AND (%3$s) AND search_keys(org_id, %4$s) COLLATE "C" @> keys
            );
        END $function$
        $sql$,
        function, name, found, content
    );
    EXECUTE format('REVOKE EXECUTE ON FUNCTION %s FROM PUBLIC', function);
    EXECUTE format('GRANT EXECUTE ON FUNCTION %s TO pharus_app', function);
    -- Who is given a function must be allowed to make one.
    GRANT CREATE ON SCHEMA public TO pharus_search;
    EXECUTE format('ALTER FUNCTION %s OWNER TO pharus_search', function);
    REVOKE CREATE ON SCHEMA public FROM pharus_search;
END $$;
