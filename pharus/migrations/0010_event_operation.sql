-- Events say which operation or command has made the change: the fifth part of `pharus.origin`.
ALTER TABLE event ADD COLUMN operation varchar(100) COLLATE "C";

-- The same as before, with the operation.
CREATE OR REPLACE PROCEDURE make_event_function(function text, inserts text, updates text, deletes text)
    LANGUAGE plpgsql AS $$
DECLARE
    -- Up to 32 changes a row each, more of them packed: of a query, and of the table that says how many they are.
    writes CONSTANT text := $sql$
        INSERT INTO public.event (
            org_id, transaction_id, type, record_id, parent_type, parent_id,
            user_id, token_id, key_hash, request_id, operation, before, after
        )
        SELECT change.org_id, public.event_transaction(pg_current_xact_id()), change.type, change.record_id,
            change.parent_type, change.parent_id, public.event_origin(1)::uuid, public.event_origin(2)::uuid,
            decode(public.event_origin(3), 'hex'), public.event_origin(4), public.event_origin(5), change.before,
            change.after
        FROM (%1$s) AS change WHERE NOT EXISTS (SELECT FROM %2$s OFFSET 32);
        IF NOT FOUND AND EXISTS (SELECT FROM %2$s OFFSET 32) THEN
            -- Planned for many: to compare each of them with each other would take minutes.
            planned := ARRAY[current_setting('enable_nestloop'), current_setting('enable_sort')];
            PERFORM set_config('enable_nestloop', 'off', true), set_config('enable_sort', 'off', true);
            INSERT INTO public.event (
                org_id, transaction_id, type, record_ids, parent_type, parent_ids,
                user_id, token_id, key_hash, request_id, operation, before, after
            )
            SELECT change.org_id, public.event_transaction(pg_current_xact_id()), change.type,
                array_agg(change.record_id), change.parent_type, array_agg(change.parent_id),
                public.event_origin(1)::uuid, public.event_origin(2)::uuid, decode(public.event_origin(3), 'hex'),
                public.event_origin(4), public.event_origin(5),
                CASE WHEN count(change.before) > 0
                    THEN '[' || string_agg(coalesce(change.before, 'null'), ',') || ']' END,
                CASE WHEN count(change.after) > 0
                    THEN '[' || string_agg(coalesce(change.after, 'null'), ',') || ']' END
            FROM (SELECT *, (row_number() OVER () - 1) / 256 AS part FROM (%1$s) AS change) AS change
            GROUP BY change.org_id, change.type, change.parent_type, change.part;
            PERFORM set_config('enable_nestloop', planned[1], true), set_config('enable_sort', planned[2], true);
        END IF;
    $sql$;
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
        function, format(writes, inserts, 'written'), format(writes, updates, 'written'),
        format(writes, deletes, 'removed')
    );
END $$;

-- The functions of the tables that are logged already, made anew from what was decided about them.
CREATE PROCEDURE remake_event_functions()
    LANGUAGE plpgsql AS $$
DECLARE
    each record;
BEGIN
    FOR each IN
        SELECT tgrelid::regclass AS tab, said,
            CASE WHEN json_typeof(said->'columns') = 'array'
                THEN ARRAY(SELECT json_array_elements_text(said->'columns')) END AS columns
        FROM pg_trigger, LATERAL (SELECT obj_description(tgfoid)::json AS said) AS decision
        WHERE tgname = 'event_insert'
    LOOP
        CALL log_events(
            each.tab, each.columns, each.said->>'parent', each.said->>'parent_type', each.said->>'status',
            each.said->>'shown'
        );
    END LOOP;
END $$;
CALL remake_event_functions();
