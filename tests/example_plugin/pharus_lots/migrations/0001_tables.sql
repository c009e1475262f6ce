-- What is about to arrive: the supplier's lot and expiry date for the next goods of an item, told before they are
-- received. The receipt takes the oldest one that fits.
CREATE TABLE lots_arrival (
    org_id uuid NOT NULL,
    id uuid NOT NULL,
    item_type varchar(10) NOT NULL CHECK (item_type IN ('material', 'sku')),
    item_id uuid NOT NULL,
    -- What the foreign keys stand on: the id, if it is one of theirs.
    material_id uuid GENERATED ALWAYS AS (CASE WHEN item_type = 'material' THEN item_id END) STORED,
    sku_id uuid GENERATED ALWAYS AS (CASE WHEN item_type = 'sku' THEN item_id END) STORED,
    ref varchar(60),
    supplier_lot varchar(100),
    expires_on date,
    -- The lot that came of it; NULL while the goods are still awaited.
    lot_id uuid,
    created_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (org_id, id),
    FOREIGN KEY (org_id, material_id) REFERENCES material (org_id, id),
    FOREIGN KEY (org_id, sku_id) REFERENCES sku (org_id, id)
);
CREATE INDEX ON lots_arrival (org_id, item_id, created_at, id) WHERE lot_id IS NULL;
CREATE INDEX ON lots_arrival (org_id, created_at DESC, id DESC);
CALL make_tenant_table('lots_arrival');

-- A lot is what one entry of a ledger brought in: its number is the code of that entry.
CREATE TABLE lots_lot (
    org_id uuid NOT NULL,
    id uuid NOT NULL,
    number varchar(20) NOT NULL,
    item_type varchar(10) NOT NULL CHECK (item_type IN ('material', 'sku')),
    item_id uuid NOT NULL,
    -- What the foreign keys stand on: the id, if it is one of theirs.
    material_id uuid GENERATED ALWAYS AS (CASE WHEN item_type = 'material' THEN item_id END) STORED,
    sku_id uuid GENERATED ALWAYS AS (CASE WHEN item_type = 'sku' THEN item_id END) STORED,
    supplier_lot varchar(100),
    expires_on date,
    notes varchar(10000),
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (org_id, id),
    FOREIGN KEY (org_id, material_id) REFERENCES material (org_id, id),
    FOREIGN KEY (org_id, sku_id) REFERENCES sku (org_id, id)
);
CREATE UNIQUE INDEX lots_lot_number_key ON lots_lot (org_id, number);
CREATE INDEX ON lots_lot (org_id, created_at DESC, id DESC);
CREATE INDEX ON lots_lot (org_id, item_id, created_at DESC, id DESC);
CALL make_tenant_table('lots_lot');
ALTER TABLE lots_arrival ADD FOREIGN KEY (org_id, lot_id) REFERENCES lots_lot (org_id, id);

-- How much of a lot lies where. Whoever posts stock of an item at a place holds the lock of its balance, and with it of
-- the lots there: no two transactions change a row at once.
CREATE TABLE lots_stock (
    org_id uuid NOT NULL,
    lot_id uuid NOT NULL,
    location_id uuid NOT NULL,
    quantity numeric(18, 6) NOT NULL CHECK (quantity >= 0),
    PRIMARY KEY (org_id, lot_id, location_id),
    FOREIGN KEY (org_id, lot_id) REFERENCES lots_lot (org_id, id),
    FOREIGN KEY (org_id, location_id) REFERENCES location (org_id, id)
);
CALL make_tenant_table('lots_stock');

-- Every change of it, with the ledger's entry and what stands behind that: the way of a lot is read from here.
CREATE TABLE lots_movement (
    org_id uuid NOT NULL,
    id uuid NOT NULL,
    lot_id uuid NOT NULL,
    location_id uuid NOT NULL,
    quantity numeric(18, 6) NOT NULL CHECK (quantity <> 0),
    entry_id uuid NOT NULL,
    -- Of a reversal what the first of the entries was: so that both add up to nothing.
    event_type varchar(20) NOT NULL,
    source_type varchar(20),
    source_id uuid,
    ref varchar(60),
    event_date timestamptz NOT NULL,
    PRIMARY KEY (org_id, id),
    FOREIGN KEY (org_id, lot_id) REFERENCES lots_lot (org_id, id),
    FOREIGN KEY (org_id, location_id) REFERENCES location (org_id, id)
);
CREATE INDEX ON lots_movement (org_id, lot_id, event_type);
CREATE INDEX ON lots_movement (org_id, entry_id);
CREATE INDEX ON lots_movement (org_id, source_id, event_type) WHERE source_id IS NOT NULL;
CALL make_tenant_table('lots_movement');
CALL make_append_only('lots_movement');
