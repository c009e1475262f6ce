-- Balances as they were at the end of each day (UTC) on which they changed, once by the date of the event and once by
-- the time of writing. What there was at any moment is then the day before it, and the entries of one day.
--
-- The rows are made in the background, so that nobody who posts waits for them. Until an entry is counted in them, it
-- stands in the queue, in the same transaction as itself: what is counted and what is not is known without looking at
-- the order in which transactions end.
DO $do$
DECLARE
    ledger text;
BEGIN
    FOREACH ledger IN ARRAY ARRAY['materials', 'finished_goods'] LOOP
        EXECUTE format($sql$
            CREATE TABLE %1$s_history (
                org_id uuid NOT NULL,
                basis varchar(7) NOT NULL CHECK (basis IN ('event', 'written')),
                item_id uuid NOT NULL,
                location_id uuid NOT NULL,
                day date NOT NULL,
                on_hand numeric NOT NULL,
                on_order numeric NOT NULL,
                demand numeric NOT NULL,
                allocated numeric NOT NULL,
                in_transit numeric NOT NULL,
                value numeric NOT NULL,
                in_transit_value numeric NOT NULL,
                -- What sales have taken since the beginning, and what it cost; the variance of all corrections.
                sold numeric NOT NULL,
                cost_of_goods numeric NOT NULL,
                variance numeric NOT NULL,
                PRIMARY KEY (org_id, basis, item_id, location_id, day)
            ) WITH (fillfactor = 80);
            CALL make_tenant_table('%1$s_history');

            CREATE TABLE %1$s_history_queue (
                org_id uuid NOT NULL,
                entry_id uuid NOT NULL,
                PRIMARY KEY (org_id, entry_id)
            );
            CALL make_tenant_table('%1$s_history_queue');
            -- Whose entries are waiting.
            CREATE POLICY platform ON %1$s_history_queue FOR SELECT TO pharus_platform USING (true);
            GRANT SELECT ON %1$s_history_queue TO pharus_platform;

            CREATE FUNCTION queue_for_%1$s_history() RETURNS trigger LANGUAGE plpgsql AS $body$
            BEGIN
                INSERT INTO %1$s_history_queue (org_id, entry_id) SELECT org_id, id FROM written;
                RETURN NULL;
            END $body$;
            CREATE TRIGGER queue_for_history AFTER INSERT ON %1$s_ledger_entry
                REFERENCING NEW TABLE AS written FOR EACH STATEMENT EXECUTE FUNCTION queue_for_%1$s_history();

            CREATE INDEX ON %1$s_ledger_entry (org_id, created_at);

            -- Row-level security hides the entries from the owner of the tables.
            ALTER TABLE %1$s_ledger_entry NO FORCE ROW LEVEL SECURITY;
            ALTER TABLE %1$s_history_queue NO FORCE ROW LEVEL SECURITY;
            INSERT INTO %1$s_history_queue (org_id, entry_id) SELECT org_id, id FROM %1$s_ledger_entry;
            -- What works the queue off must know at once how long it is.
            ANALYZE %1$s_history_queue;
            ALTER TABLE %1$s_ledger_entry FORCE ROW LEVEL SECURITY;
            ALTER TABLE %1$s_history_queue FORCE ROW LEVEL SECURITY;
        $sql$, ledger);
    END LOOP;
END $do$;
