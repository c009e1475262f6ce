-- What the log has of the tables that there were before it (docs/adr/0044). A table that is made later is logged from
-- its beginning: see log_events and make_tenant_table.
--
-- Not what follows from other tables, and not what is of the server's own work.
DO $$
DECLARE
    name regclass;
BEGIN
    FOR name IN SELECT oid FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relname IN (
        'number_sequence', 'search_segment', 'idempotency_key', 'outgoing_mail',
        'materials_balance', 'finished_goods_balance', 'materials_history', 'finished_goods_history',
        'materials_history_queue', 'finished_goods_history_queue'
    ) LOOP
        CALL log_no_events(name);
    END LOOP;
END $$;

CALL log_events('organization', '{name,slug,time_zone,closed_through,requires_if_match}');
CALL log_events('organization_settings');
CALL log_events('membership');
CALL log_events('invitation');
CALL log_events('api_token');
CALL log_events('accounting_account');
CALL log_events('location');
CALL log_events('vendor');
CALL log_events('customer_type');
CALL log_events('customer_segment');
CALL log_events('broker');
CALL log_events('customer');
CALL log_events('contact');
CALL log_events('contact_method', NULL, 'contact_id', '''contact''');
CALL log_events('contact_link', NULL, 'contact_id', '''contact''');
