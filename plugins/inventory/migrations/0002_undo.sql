-- What undoing and correcting an inflow exactly needs: the running index of each balance and its value at each inflow,
-- the variance of each correction, what came from outside where it is not quantity x unit cost, and the value that is on
-- its way (docs/rules.md, Inventory).
--
-- For the entries that are there already all of it is computed here, in the order in which they were written. They are
-- append-only and belong to organizations that row-level security hides from the owner: both are put back at the end.
DO $do$
DECLARE
    ledger record;
    entry record;
    now_item uuid;
    now_location uuid;
    now_org uuid;
    on_hand numeric;
    mantissa numeric(45, 44);
    exponent integer;
    inflow record;
    share numeric;
    remaining numeric;
BEGIN
    FOR ledger IN SELECT * FROM (VALUES ('materials'), ('finished_goods')) AS known (name) LOOP
        EXECUTE format($sql$
            ALTER TABLE %1$s_ledger_entry
                ADD COLUMN corrects_id uuid,
                ADD COLUMN added_value numeric(36, 12),
                ADD COLUMN variance numeric(36, 12) NOT NULL DEFAULT 0,
                ADD COLUMN index_mantissa numeric(39, 38) CHECK (index_mantissa > 0 AND index_mantissa <= 1),
                ADD COLUMN index_exponent integer,
                ADD FOREIGN KEY (org_id, corrects_id) REFERENCES %1$s_ledger_entry (org_id, id),
                ADD CHECK ((index_mantissa IS NULL) = (index_exponent IS NULL)),
                ADD CHECK (corrects_id IS NULL OR event_type IN ('REVALUE', 'REVERSE_REVALUE'));
            CREATE INDEX ON %1$s_ledger_entry (org_id, corrects_id) WHERE corrects_id IS NOT NULL;
            ALTER TABLE %1$s_balance
                ADD COLUMN in_transit_value numeric(36, 12) NOT NULL DEFAULT 0 CHECK (in_transit_value >= 0),
                ADD COLUMN index_mantissa numeric(39, 38) NOT NULL DEFAULT 1
                    CHECK (index_mantissa > 0 AND index_mantissa <= 1),
                ADD COLUMN index_exponent integer NOT NULL DEFAULT 0,
                ADD CHECK (in_transit > 0 OR in_transit_value = 0);
            ALTER TABLE %1$s_ledger_entry NO FORCE ROW LEVEL SECURITY;
            ALTER TABLE %1$s_balance NO FORCE ROW LEVEL SECURITY;
            ALTER TABLE %1$s_ledger_entry DISABLE TRIGGER append_only;
        $sql$, ledger.name);
    END LOOP;

    FOR ledger IN SELECT * FROM (VALUES ('materials'), ('finished_goods')) AS known (name) LOOP
        EXECUTE format($sql$
            UPDATE %1$s_balance AS balance SET in_transit_value = moving.value FROM (
                SELECT org_id, item_id, coalesce(to_location_id, location_id) AS location_id, sum(-value) AS value
                FROM %1$s_ledger_entry WHERE in_transit <> 0 GROUP BY 1, 2, 3
            ) AS moving
            WHERE balance.org_id = moving.org_id AND balance.item_id = moving.item_id
                AND balance.location_id = moving.location_id;
            UPDATE %1$s_ledger_entry AS undoing SET variance = undone.value + undoing.value
            FROM %1$s_ledger_entry AS undone
            WHERE undone.org_id = undoing.org_id AND undone.id = undoing.reverses_id
                AND undoing.event_type IN ('REVERSE_RECEIVE', 'REVERSE_PRODUCE');
            UPDATE %1$s_ledger_entry AS made SET added_value = made.value + (
                SELECT coalesce(sum(value), 0) FROM (
                    SELECT org_id, source_id, event_type, value FROM materials_ledger_entry
                    UNION ALL SELECT org_id, source_id, event_type, value FROM finished_goods_ledger_entry
                ) AS taken
                WHERE taken.org_id = made.org_id AND taken.source_id = made.source_id AND taken.event_type = 'CONSUME'
            ) WHERE event_type = 'PRODUCE';
            -- At the average as it was, which the unit cost shows rounded.
            UPDATE %1$s_ledger_entry SET added_value = value
            WHERE event_type = 'ADJUST' AND value <> quantity * unit_cost;
        $sql$, ledger.name);

        now_org := NULL;
        FOR entry IN EXECUTE format(
            'SELECT org_id, id, item_id, location_id, event_type, reverses_id, on_hand FROM %s_ledger_entry '
            'WHERE on_hand <> 0 ORDER BY org_id, item_id, location_id, length(code), code', ledger.name
        ) LOOP
            IF (now_org, now_item, now_location) IS DISTINCT FROM (entry.org_id, entry.item_id, entry.location_id) THEN
                now_org := entry.org_id;
                now_item := entry.item_id;
                now_location := entry.location_id;
                on_hand := 0;
                mantissa := 1;
                exponent := 0;
            END IF;
            IF entry.on_hand > 0 THEN
                EXECUTE format(
                    'UPDATE %s_ledger_entry SET index_mantissa = $1, index_exponent = $2 WHERE org_id = $3 AND id = $4',
                    ledger.name
                ) USING round(mantissa, 38), exponent, entry.org_id, entry.id;
            ELSIF on_hand + entry.on_hand = 0 THEN
                mantissa := 1;
                exponent := exponent + 20;
            ELSE
                remaining := on_hand;
                IF entry.event_type IN ('REVERSE_RECEIVE', 'REVERSE_PRODUCE') THEN
                    EXECUTE format(
                        'SELECT index_mantissa, index_exponent FROM %s_ledger_entry WHERE org_id = $1 AND id = $2',
                        ledger.name
                    ) INTO inflow USING entry.org_id, entry.reverses_id;
                    share := 0;
                    IF exponent - inflow.index_exponent < 20 THEN
                        share := mantissa / inflow.index_mantissa / 10::numeric ^ (exponent - inflow.index_exponent);
                        IF share < 1e-12 THEN
                            share := 0;
                        END IF;
                        share := least(share, 1);
                    END IF;
                    remaining := on_hand + share * entry.on_hand;
                END IF;
                mantissa := mantissa * (on_hand + entry.on_hand) / remaining;
                WHILE mantissa < 0.1 LOOP
                    mantissa := mantissa * 10;
                    exponent := exponent + 1;
                END LOOP;
            END IF;
            on_hand := on_hand + entry.on_hand;
            EXECUTE format(
                'UPDATE %s_balance SET index_mantissa = $1, index_exponent = $2 '
                'WHERE org_id = $3 AND item_id = $4 AND location_id = $5', ledger.name
            ) USING round(mantissa, 38), exponent, entry.org_id, entry.item_id, entry.location_id;
        END LOOP;
    END LOOP;

    FOR ledger IN SELECT * FROM (VALUES ('materials'), ('finished_goods')) AS known (name) LOOP
        EXECUTE format($sql$
            ALTER TABLE %1$s_ledger_entry ENABLE ALWAYS TRIGGER append_only;
            ALTER TABLE %1$s_ledger_entry FORCE ROW LEVEL SECURITY;
            ALTER TABLE %1$s_balance FORCE ROW LEVEL SECURITY;
        $sql$, ledger.name);
    END LOOP;
END $do$;
