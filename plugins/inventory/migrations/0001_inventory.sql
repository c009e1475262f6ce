-- Two ledgers of the same form, and for each the balances that its rows add up to.
--
-- An entry is an immutable event. Beside the event stands its effect: the signed changes of the balance at
-- (item_id, location_id). One effect lies elsewhere: in_transit of TRANSFER and REVERSE_TRANSFER belongs to the balance
-- at (item_id, to_location_id), where the goods are going.
DO $do$
DECLARE
    ledger record;
BEGIN
    FOR ledger IN SELECT * FROM (VALUES ('materials', 'material'), ('finished_goods', 'sku')) AS known (name, item) LOOP
        EXECUTE format($sql$
            CREATE TABLE %1$s_ledger_entry (
                org_id uuid NOT NULL,
                id uuid NOT NULL,
                code varchar(20) NOT NULL,
                item_id uuid NOT NULL,
                location_id uuid NOT NULL,
                event_type varchar(20) NOT NULL,
                quantity numeric(18, 6) NOT NULL CHECK (quantity > 0),
                unit_cost numeric(18, 6),
                -- Compared by code point, so that a prefix is a range that the index knows.
                ref varchar(60) COLLATE "C",
                to_location_id uuid,
                notes varchar(10000),
                event_date timestamptz NOT NULL,
                source_type varchar(20),
                source_id uuid,
                -- The order line whose commitments this entry opens or settles; source_id names what wrote it.
                line_id uuid,
                reverses_id uuid,
                on_hand numeric(18, 6) NOT NULL,
                on_order numeric(18, 6) NOT NULL,
                demand numeric(18, 6) NOT NULL,
                allocated numeric(18, 6) NOT NULL,
                in_transit numeric(18, 6) NOT NULL,
                value numeric(36, 12) NOT NULL,
                created_at timestamptz NOT NULL,
                PRIMARY KEY (org_id, id),
                FOREIGN KEY (org_id, item_id) REFERENCES %2$s (org_id, id),
                FOREIGN KEY (org_id, location_id) REFERENCES location (org_id, id),
                FOREIGN KEY (org_id, to_location_id) REFERENCES location (org_id, id),
                FOREIGN KEY (org_id, reverses_id) REFERENCES %1$s_ledger_entry (org_id, id),
                CHECK ((to_location_id IS NOT NULL) = (event_type IN ('TRANSFER', 'REVERSE_TRANSFER'))),
                CHECK ((reverses_id IS NOT NULL) = starts_with(event_type, 'REVERSE_'))
            );
            CREATE UNIQUE INDEX %1$s_ledger_entry_code_key ON %1$s_ledger_entry (org_id, code);
            -- Newest event first, for the whole ledger, an item, a place, a document.
            CREATE INDEX ON %1$s_ledger_entry (org_id, event_date DESC, id DESC);
            CREATE INDEX ON %1$s_ledger_entry (org_id, item_id, event_date DESC, id DESC);
            CREATE INDEX ON %1$s_ledger_entry (org_id, location_id, event_date DESC, id DESC);
            CREATE INDEX ON %1$s_ledger_entry (org_id, to_location_id, event_date DESC, id DESC)
                WHERE to_location_id IS NOT NULL;
            CREATE INDEX ON %1$s_ledger_entry (org_id, ref, event_date DESC, id DESC)
                WHERE ref IS NOT NULL;
            -- What does a line hold, what was written by a receipt, what was reversed already.
            CREATE INDEX ON %1$s_ledger_entry (org_id, line_id) WHERE line_id IS NOT NULL;
            CREATE INDEX ON %1$s_ledger_entry (org_id, source_id) WHERE source_id IS NOT NULL;
            CREATE INDEX ON %1$s_ledger_entry (org_id, reverses_id) WHERE reverses_id IS NOT NULL;
            CALL make_tenant_table('%1$s_ledger_entry');
            CALL make_append_only('%1$s_ledger_entry');

            -- The last wall: whatever goes wrong before it, stock never falls below nothing and value never stays
            -- where nothing lies. Rows are updated all the time, so each page keeps room for the next version.
            CREATE TABLE %1$s_balance (
                org_id uuid NOT NULL,
                item_id uuid NOT NULL,
                location_id uuid NOT NULL,
                on_hand numeric(18, 6) NOT NULL DEFAULT 0 CHECK (on_hand >= 0),
                on_order numeric(18, 6) NOT NULL DEFAULT 0,
                demand numeric(18, 6) NOT NULL DEFAULT 0,
                allocated numeric(18, 6) NOT NULL DEFAULT 0,
                in_transit numeric(18, 6) NOT NULL DEFAULT 0 CHECK (in_transit >= 0),
                value numeric(36, 12) NOT NULL DEFAULT 0 CHECK (value >= 0),
                PRIMARY KEY (org_id, item_id, location_id),
                FOREIGN KEY (org_id, item_id) REFERENCES %2$s (org_id, id),
                FOREIGN KEY (org_id, location_id) REFERENCES location (org_id, id),
                CHECK (on_hand > 0 OR value = 0)
            ) WITH (fillfactor = 70);
            CREATE INDEX ON %1$s_balance (org_id, location_id);
            CALL make_tenant_table('%1$s_balance');
        $sql$, ledger.name, ledger.item);
    END LOOP;
END $do$;
