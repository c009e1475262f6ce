-- The tables of plugins that were here before the log.
DO $$
DECLARE
    name regclass;
BEGIN
    FOR name IN
        SELECT conrelid::regclass FROM pg_constraint
        WHERE contype = 'f' AND confrelid = 'organization'::regclass AND confdeltype = 'c'
            AND NOT EXISTS (SELECT FROM pg_trigger WHERE tgrelid = conrelid AND tgname = 'event_insert')
            AND conrelid NOT IN (
                SELECT oid FROM pg_class WHERE relname IN (
                    'event', 'number_sequence', 'search_segment', 'idempotency_key', 'outgoing_mail',
                    'materials_balance', 'finished_goods_balance', 'materials_history', 'finished_goods_history',
                    'materials_history_queue', 'finished_goods_history_queue'
                )
            )
    LOOP
        CALL log_events(name);
    END LOOP;
END $$;
