-- What many new or deleted records of one statement have is packed by columns: an array of each column, no longer an
-- object of each record. To make the objects took half of the time that the log takes of an import.
--
-- old servers stop: because they cannot read such rows of the log.

-- A column of many rows `r` as a member of a JSON object, in SQL that aggregates: the values that `event_member` gives
-- them, in an array. One without any value is no member.
CREATE FUNCTION event_list(r text, tab regclass, col name) RETURNS text
    LANGUAGE sql STABLE AS $$
    SELECT CASE WHEN attnotnull THEN list ELSE format('CASE WHEN count(%s.%I) > 0 THEN %s END', r, col, list) END
    FROM pg_attribute,
        LATERAL (
            SELECT format_type(atttypid, NULL) AS type, replace(initcap(replace(attname, '_', ' ')), ' ', '') AS camel
        ) AS named,
        LATERAL (
            SELECT format('%L || json_agg(%s)', '"' || lower(left(camel, 1)) || substr(camel, 2) || '":', format(
                CASE type
                    WHEN 'numeric' THEN 'trim_scale(%s.%I)::text'
                    WHEN 'timestamp with time zone' THEN
                    $f$replace(to_char(%s.%I AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'), '.000000Z', 'Z')$f$
                    ELSE '%s.%I'
                END, r, col
            )) AS list
        ) AS listed
    WHERE attrelid = tab AND attname = col
$$;

-- The statements that write the changes of one kind into the log: up to 32 a row each, more of them packed. `source` is
-- the table that says how many they are, `changes` where their rows `r` are, `facts` whose they are. With `lists`, the
-- columns of many, they are packed by columns; without, each has its `before` and `after`.
CREATE FUNCTION event_writes(
    source text, type text, facts text, changes text, before text, after text, lists text DEFAULT NULL
) RETURNS text
    LANGUAGE sql IMMUTABLE AS $function$
    SELECT format(
        $sql$
        INSERT INTO public.event (
            org_id, transaction_id, type, record_id, parent_type, parent_id,
            user_id, token_id, key_hash, request_id, operation, before, after
        )
        SELECT change.change_org_id, public.event_transaction(pg_current_xact_id()), change.change_type,
            change.change_record_id, change.change_parent_type, change.change_parent_id, public.event_origin(1)::uuid,
            public.event_origin(2)::uuid, decode(public.event_origin(3), 'hex'), public.event_origin(4),
            public.event_origin(5), change.change_before, change.change_after
        FROM (
            SELECT %3$s, %2$s AS change_type, %5$s AS change_before, %6$s AS change_after %4$s
        ) AS change WHERE NOT EXISTS (SELECT FROM %1$s OFFSET 32);
        IF NOT FOUND AND EXISTS (SELECT FROM %1$s OFFSET 32) THEN
            -- Planned for many: to compare each of them with each other would take minutes.
            planned := ARRAY[current_setting('enable_nestloop'), current_setting('enable_sort')];
            PERFORM set_config('enable_nestloop', 'off', true), set_config('enable_sort', 'off', true);
            INSERT INTO public.event (
                org_id, transaction_id, type, record_ids, parent_type, parent_ids,
                user_id, token_id, key_hash, request_id, operation, before, after
            )
            SELECT r.change_org_id, public.event_transaction(pg_current_xact_id()), r.change_type,
                array_agg(r.change_record_id), r.change_parent_type, array_agg(r.change_parent_id),
                public.event_origin(1)::uuid, public.event_origin(2)::uuid, decode(public.event_origin(3), 'hex'),
                public.event_origin(4), public.event_origin(5), %8$s, %9$s
            FROM (
                SELECT *, (row_number() OVER () - 1) / 256 AS change_part
                FROM (SELECT %3$s, %2$s AS change_type, %7$s %4$s) AS change
            ) AS r
            GROUP BY r.change_org_id, r.change_type, r.change_parent_type, r.change_part;
            PERFORM set_config('enable_nestloop', planned[1], true), set_config('enable_sort', planned[2], true);
        END IF;
        $sql$,
        source, type, facts, changes, before, after,
        CASE WHEN lists IS NULL THEN format('%s AS change_before, %s AS change_after', before, after) ELSE 'r.*' END,
        CASE WHEN lists IS NULL
            THEN $f$CASE WHEN count(r.change_before) > 0
                THEN '[' || string_agg(coalesce(r.change_before, 'null'), ',') || ']' END$f$
            WHEN before = 'NULL::text' THEN before ELSE lists END,
        CASE WHEN lists IS NULL
            THEN $f$CASE WHEN count(r.change_after) > 0
                THEN '[' || string_agg(coalesce(r.change_after, 'null'), ',') || ']' END$f$
            WHEN after = 'NULL::text' THEN after ELSE lists END
    )
$function$;

-- The function that writes the changes of a table into the log, from the statements for what was inserted, updated and
-- deleted. None of them has a parameter: those are planned once, and not each time.
CREATE OR REPLACE PROCEDURE make_event_function(function text, inserts text, updates text, deletes text)
    LANGUAGE plpgsql AS $$
BEGIN
    EXECUTE format(
        $sql$
        CREATE OR REPLACE FUNCTION %s() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $function$
        DECLARE
            planned text[];
        BEGIN
            IF TG_OP = 'INSERT' THEN %s
            ELSIF TG_OP = 'UPDATE' THEN %s
            ELSE %s
            END IF;
            RETURN NULL;
        END $function$
        $sql$,
        function, inserts, updates, deletes
    );
END $$;

-- The same as before, from these.
CREATE OR REPLACE PROCEDURE log_events(
    tab regclass, columns text[] DEFAULT NULL, parent text DEFAULT NULL, parent_type text DEFAULT NULL,
    status text DEFAULT NULL, shown text DEFAULT NULL
)
    LANGUAGE plpgsql AS $$
DECLARE
    plain CONSTANT text := (SELECT relname FROM pg_class WHERE oid = tab);
    function CONSTANT text := quote_ident(plain || '_events');
    key CONSTANT text[] := ARRAY(
        SELECT attname FROM pg_index JOIN pg_attribute ON attrelid = indrelid AND attnum = ANY(indkey)
        WHERE indrelid = tab AND indisprimary ORDER BY attnum
    );
    org CONSTANT text := CASE plain WHEN 'organization' THEN 'id' ELSE 'org_id' END;
    -- What names a row: its id, or another uuid of the key, or the organization alone. In the second and third case the
    -- rest of the key is in each event of it.
    record CONSTANT text := coalesce((
        SELECT attname FROM pg_attribute WHERE attrelid = tab AND attname = ANY(key) AND atttypid = 'uuid'::regtype
        ORDER BY attname <> 'id', attname = org, attnum LIMIT 1
    ), org);
    named_by CONSTANT text[] := ARRAY(SELECT col FROM unnest(key) AS col WHERE col <> org AND record <> 'id');
    same CONSTANT text := (SELECT string_agg(format('o.%1$I = r.%1$I', col), ' AND ') FROM unnest(key) AS col);
    named CONSTANT text := parent;
    decided CONSTANT text[] := event_columns(tab, columns);
    whole text;
    lists text;
    before text;
    after text;
    differs text;
    facts text;
    becomes text := $f$'updated'$f$;
BEGIN
    IF parent IS NULL THEN
        SELECT attname, quote_literal(confrelid::regclass) INTO parent, parent_type
        FROM pg_constraint JOIN pg_attribute ON attrelid = conrelid AND attnum = conkey[2]
        WHERE conrelid = tab AND contype = 'f' AND confdeltype = 'c' AND array_length(conkey, 1) = 2
        ORDER BY attnum LIMIT 1;
    END IF;
    SELECT
        string_agg(event_member('r', tab, col), ', '),
        string_agg(event_list('r', tab, col), ', '),
        string_agg(event_member('o', tab, col, differs => col <> ALL(named_by)), ', '),
        string_agg(event_member('r', tab, col, differs => col <> ALL(named_by)), ', '),
        string_agg(format('o.%1$I IS DISTINCT FROM r.%1$I', col), ' OR ')
    INTO whole, lists, before, after, differs
    FROM unnest(decided) AS col;
    -- Without any, the row itself is what has happened: it is never changed, and shown as it is.
    whole := coalesce($f$'{' || concat_ws(',', $f$ || whole || $f$) || '}'$f$, 'NULL::text');
    lists := coalesce($f$'{' || concat_ws(',', $f$ || lists || $f$) || '}'$f$, 'NULL::text');
    before := coalesce($f$'{' || concat_ws(',', $f$ || before || $f$) || '}'$f$, 'NULL::text');
    after := coalesce($f$'{' || concat_ws(',', $f$ || after || $f$) || '}'$f$, 'NULL::text');
    IF status IS NOT NULL THEN
        becomes := format(
            $f$CASE WHEN o.%1$I = r.%1$I THEN 'updated'
            ELSE regexp_replace(lower(r.%1$I), '[^a-z0-9]+', '_', 'g') END$f$, status
        );
    END IF;
    IF shown IS NOT NULL THEN
        becomes := format(
            $f$CASE WHEN NOT o.%1$I THEN 'created' WHEN NOT r.%1$I THEN 'deleted' ELSE %2$s END$f$, shown, becomes
        );
        before := format('CASE WHEN o.%I THEN %s END', shown, before);
        after := format('CASE WHEN NOT o.%1$I THEN %3$s WHEN r.%1$I THEN %2$s END', shown, after, whole);
        differs := format('(o.%1$I OR r.%1$I) AND (o.%1$I <> r.%1$I OR %2$s)', shown, differs);
    END IF;
    facts := format(
        'r.%I AS change_org_id, r.%I AS change_record_id, %s AS change_parent_type, %s AS change_parent_id',
        org, record, coalesce(parent_type, 'NULL::text'), coalesce('r.' || quote_ident(parent), 'NULL::uuid')
    );
    CALL make_event_function(
        function,
        event_writes(
            'written', quote_literal(plain || '.created'), facts,
            format('FROM written AS r WHERE %s', coalesce('r.' || quote_ident(shown), 'true')),
            'NULL::text', whole, lists
        ),
        event_writes(
            'written', format('%L || %s', plain || '.', becomes), facts,
            format('FROM replaced AS o JOIN written AS r ON %s WHERE %s', same, coalesce(differs, 'false')),
            before, after
        ),
        -- The log of an organization that is deleted goes with it.
        event_writes(
            'removed', quote_literal(plain || '.deleted'), facts,
            format(
                'FROM removed AS r WHERE %s AND EXISTS ('
                'SELECT FROM public.organization AS o WHERE o.id = r.%I AND o.purge_requested_at IS NULL)',
                coalesce('r.' || quote_ident(shown), 'true'), org
            ), whole, 'NULL::text', lists
        )
    );
    -- What was decided, and how.
    EXECUTE format('COMMENT ON FUNCTION %s() IS %L', function, json_build_object(
        'shows', decided, 'columns', columns, 'parent', named,
        'parent_type', CASE WHEN named IS NOT NULL THEN parent_type END, 'status', status, 'shown', shown
    ));
    EXECUTE format(
        'CREATE OR REPLACE TRIGGER event_insert AFTER INSERT ON %s REFERENCING NEW TABLE AS written '
        'FOR EACH STATEMENT EXECUTE FUNCTION %s()', tab, function
    );
    EXECUTE format(
        'CREATE OR REPLACE TRIGGER event_update AFTER UPDATE ON %s '
        'REFERENCING OLD TABLE AS replaced NEW TABLE AS written FOR EACH STATEMENT EXECUTE FUNCTION %s()', tab, function
    );
    EXECUTE format(
        'CREATE OR REPLACE TRIGGER event_delete AFTER DELETE ON %s REFERENCING OLD TABLE AS removed '
        'FOR EACH STATEMENT EXECUTE FUNCTION %s()', tab, function
    );
END $$;

CALL remake_event_functions();
