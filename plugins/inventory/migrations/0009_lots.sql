-- Lots: a second balance beside that of item and place (docs/adr/0067).
--
-- Who writes a balance holds its lock, and with it that of the lots of the item at the place: no two transactions change
-- a row of lot_balance at once.
-- old servers work: because they post as before what is not told apart by lots, and the check below refuses them the rest

-- How much of what is on hand is in lots: all of it, or NULL where the item is not told apart by lots. It is written
-- together with what is on hand, so that nobody who knows nothing of lots moves goods that are.
ALTER TABLE materials_balance ADD COLUMN in_lots numeric(18, 6), ADD CHECK (in_lots = on_hand) NOT VALID;
ALTER TABLE finished_goods_balance ADD COLUMN in_lots numeric(18, 6), ADD CHECK (in_lots = on_hand) NOT VALID;

-- The item says whether it has lots, and its balances follow, those of now and those that come. To switch an item locks
-- it against whoever opens a balance of it: both go by what the other has written.
DO $do$
DECLARE
    ledger record;
BEGIN
    FOR ledger IN SELECT * FROM (VALUES ('materials', 'material'), ('finished_goods', 'sku')) AS known (name, item) LOOP
        EXECUTE format($sql$
            CREATE FUNCTION %2$s_lots_followed() RETURNS trigger LANGUAGE plpgsql AS $body$
            BEGIN
                UPDATE %1$s_balance SET in_lots = CASE WHEN NEW.lot_tracking <> 'none' THEN on_hand END
                WHERE org_id = NEW.org_id AND item_id = NEW.id;
                RETURN NULL;
            END $body$;
            CREATE TRIGGER lots_followed AFTER UPDATE OF lot_tracking ON %2$s FOR EACH ROW
                WHEN ((OLD.lot_tracking = 'none') <> (NEW.lot_tracking = 'none'))
                EXECUTE FUNCTION %2$s_lots_followed();

            CREATE FUNCTION %1$s_balance_in_lots() RETURNS trigger LANGUAGE plpgsql AS $body$
            DECLARE
                tracking text;
            BEGIN
                SELECT lot_tracking INTO tracking FROM %2$s WHERE org_id = NEW.org_id AND id = NEW.item_id
                FOR KEY SHARE;
                NEW.in_lots := CASE WHEN tracking <> 'none' THEN NEW.on_hand END;
                RETURN NEW;
            END $body$;
            CREATE TRIGGER in_lots BEFORE INSERT ON %1$s_balance FOR EACH ROW
                EXECUTE FUNCTION %1$s_balance_in_lots();
        $sql$, ledger.name, ledger.item);
    END LOOP;
END $do$;

-- What holds for all items that do not say otherwise.
CREATE TABLE lot_settings (
    org_id uuid NOT NULL PRIMARY KEY,
    -- Which lots go where nobody names them.
    policy varchar(10) NOT NULL DEFAULT 'fefo' CHECK (policy IN ('fefo', 'fifo', 'none')),
    -- What lots are that a purchase order brings.
    received_status varchar(20) NOT NULL DEFAULT 'released' CHECK (received_status IN ('released', 'quarantine'))
);
CALL make_tenant_table('lot_settings');

CREATE TABLE lot (
    org_id uuid NOT NULL,
    id uuid NOT NULL,
    material_id uuid,
    sku_id uuid,
    code varchar(60) NOT NULL,
    supplier_lot varchar(60),
    made_on date,
    best_before date,
    -- Until when it may leave although it has expired.
    allowed_until date,
    status varchar(20) NOT NULL DEFAULT 'released'
        CHECK (status IN ('quarantine', 'released', 'on_hold', 'rejected', 'recalled')),
    status_reason varchar(1000),
    status_by uuid,
    status_at timestamptz,
    -- When it was told that it has expired.
    expired_at timestamptz,
    -- What was there when the item was switched to lots: nobody knows of which lot it is.
    is_opening boolean NOT NULL DEFAULT false,
    notes varchar(10000),
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    item_id uuid NOT NULL GENERATED ALWAYS AS (coalesce(material_id, sku_id)) STORED,
    code_key text COLLATE "C" NOT NULL GENERATED ALWAYS AS (text_key(code)) STORED,
    PRIMARY KEY (org_id, id),
    FOREIGN KEY (org_id, material_id) REFERENCES material (org_id, id),
    FOREIGN KEY (org_id, sku_id) REFERENCES sku (org_id, id),
    CHECK (num_nonnulls(material_id, sku_id) = 1)
);
CREATE UNIQUE INDEX lot_code_key ON lot (org_id, item_id, code_key);
CREATE UNIQUE INDEX lot_opening_key ON lot (org_id, item_id) WHERE is_opening;
CREATE INDEX lot_of_material ON lot (org_id, material_id, id) WHERE material_id IS NOT NULL;
CREATE INDEX lot_of_sku ON lot (org_id, sku_id, id) WHERE sku_id IS NOT NULL;
CREATE INDEX lot_by_status ON lot (org_id, status, id);
CREATE INDEX lot_by_code ON lot (org_id, code_key, id);
CREATE INDEX lot_by_best_before ON lot (org_id, best_before, id) WHERE best_before IS NOT NULL;
CREATE INDEX lot_by_update ON lot (org_id, updated_at, id);
CALL make_tenant_table('lot');
CALL make_searchable('lot', 'code', 'supplier_lot');

-- How much of a lot is where, and on its way there. Rows are updated all the time, as those of the balances are.
CREATE TABLE lot_balance (
    org_id uuid NOT NULL,
    lot_id uuid NOT NULL,
    location_id uuid NOT NULL,
    item_id uuid NOT NULL,
    on_hand numeric(18, 6) NOT NULL DEFAULT 0 CHECK (on_hand >= 0),
    in_transit numeric(18, 6) NOT NULL DEFAULT 0 CHECK (in_transit >= 0),
    PRIMARY KEY (org_id, lot_id, location_id),
    FOREIGN KEY (org_id, lot_id) REFERENCES lot (org_id, id),
    FOREIGN KEY (org_id, location_id) REFERENCES location (org_id, id)
) WITH (fillfactor = 70);
-- What of an item may be taken at a place.
CREATE INDEX lot_balance_of_item ON lot_balance (org_id, item_id, location_id) WHERE on_hand > 0;
CREATE INDEX lot_balance_of_location ON lot_balance (org_id, location_id);
CALL make_tenant_table('lot_balance');

-- What an entry of a ledger did to a lot. Beside its quantity stands its effect, as in the ledger; in_transit of
-- TRANSFER and REVERSE_TRANSFER is at to_location_id. What else the entry says is here a second time, because the way of a
-- lot is read from these rows alone; both are never changed.
CREATE TABLE lot_entry (
    org_id uuid NOT NULL,
    id uuid NOT NULL,
    lot_id uuid NOT NULL,
    -- NULL for what was there when the item was switched to lots.
    entry_id uuid,
    location_id uuid NOT NULL,
    to_location_id uuid,
    event_type varchar(20) NOT NULL,
    quantity numeric(18, 6) NOT NULL CHECK (quantity > 0),
    on_hand numeric(18, 6) NOT NULL,
    in_transit numeric(18, 6) NOT NULL,
    source_type varchar(20),
    source_id uuid,
    ref varchar(60),
    event_date timestamptz NOT NULL,
    -- The entry that is undone, and that or the shipment whose goods these are: a transfer's of what arrives.
    reverses_id uuid,
    origin_id uuid,
    -- What was made of what: the line of a receipt that used this, or brought it out.
    process_id uuid,
    created_at timestamptz NOT NULL,
    PRIMARY KEY (org_id, id),
    FOREIGN KEY (org_id, lot_id) REFERENCES lot (org_id, id),
    FOREIGN KEY (org_id, location_id) REFERENCES location (org_id, id),
    FOREIGN KEY (org_id, to_location_id) REFERENCES location (org_id, id)
);
CREATE INDEX lot_entry_of_lot ON lot_entry (org_id, lot_id, id);
CREATE INDEX lot_entry_of_entry ON lot_entry (org_id, entry_id);
CREATE INDEX lot_entry_of_source ON lot_entry (org_id, source_id) WHERE source_id IS NOT NULL;
CREATE INDEX lot_entry_of_reversed ON lot_entry (org_id, reverses_id) WHERE reverses_id IS NOT NULL;
CREATE INDEX lot_entry_of_origin ON lot_entry (org_id, origin_id) WHERE origin_id IS NOT NULL;
CREATE INDEX lot_entry_of_process ON lot_entry (org_id, process_id) WHERE process_id IS NOT NULL;
CREATE INDEX lot_entry_of_location ON lot_entry (org_id, location_id);
CREATE INDEX lot_entry_of_destination ON lot_entry (org_id, to_location_id) WHERE to_location_id IS NOT NULL;
CALL make_tenant_table('lot_entry');
CALL make_append_only('lot_entry');
