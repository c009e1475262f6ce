-- What is about to arrive: the supplier's batch and expiry date for the next goods of an item, told before they are
-- received. The receipt takes the oldest one that fits.
CREATE TABLE batches_arrival (
    org_id uuid NOT NULL,
    id uuid NOT NULL,
    item_type varchar(10) NOT NULL CHECK (item_type IN ('material', 'sku')),
    item_id uuid NOT NULL,
    -- What the foreign keys stand on: the id, if it is one of theirs.
    material_id uuid GENERATED ALWAYS AS (CASE WHEN item_type = 'material' THEN item_id END) STORED,
    sku_id uuid GENERATED ALWAYS AS (CASE WHEN item_type = 'sku' THEN item_id END) STORED,
    ref varchar(60),
    supplier_batch varchar(100),
    expires_on date,
    -- The batch that came of it; NULL while the goods are still awaited.
    batch_id uuid,
    created_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (org_id, id),
    FOREIGN KEY (org_id, material_id) REFERENCES material (org_id, id),
    FOREIGN KEY (org_id, sku_id) REFERENCES sku (org_id, id)
);
CREATE INDEX ON batches_arrival (org_id, item_id, created_at, id) WHERE batch_id IS NULL;
CREATE INDEX ON batches_arrival (org_id, created_at DESC, id DESC);
CALL make_tenant_table('batches_arrival');

-- A batch is what one entry of a ledger brought in: its number is the code of that entry.
CREATE TABLE batches_batch (
    org_id uuid NOT NULL,
    id uuid NOT NULL,
    number varchar(20) NOT NULL,
    item_type varchar(10) NOT NULL CHECK (item_type IN ('material', 'sku')),
    item_id uuid NOT NULL,
    -- What the foreign keys stand on: the id, if it is one of theirs.
    material_id uuid GENERATED ALWAYS AS (CASE WHEN item_type = 'material' THEN item_id END) STORED,
    sku_id uuid GENERATED ALWAYS AS (CASE WHEN item_type = 'sku' THEN item_id END) STORED,
    supplier_batch varchar(100),
    expires_on date,
    notes varchar(10000),
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (org_id, id),
    FOREIGN KEY (org_id, material_id) REFERENCES material (org_id, id),
    FOREIGN KEY (org_id, sku_id) REFERENCES sku (org_id, id)
);
CREATE UNIQUE INDEX batches_batch_number_key ON batches_batch (org_id, number);
CREATE INDEX ON batches_batch (org_id, created_at DESC, id DESC);
CREATE INDEX ON batches_batch (org_id, item_id, created_at DESC, id DESC);
CALL make_tenant_table('batches_batch');
ALTER TABLE batches_arrival ADD FOREIGN KEY (org_id, batch_id) REFERENCES batches_batch (org_id, id);

-- How much of a batch lies where. Whoever posts stock of an item at a place holds the lock of its balance, and with it of
-- the batches there: no two transactions change a row at once.
CREATE TABLE batches_stock (
    org_id uuid NOT NULL,
    batch_id uuid NOT NULL,
    location_id uuid NOT NULL,
    quantity numeric(18, 6) NOT NULL CHECK (quantity >= 0),
    PRIMARY KEY (org_id, batch_id, location_id),
    FOREIGN KEY (org_id, batch_id) REFERENCES batches_batch (org_id, id),
    FOREIGN KEY (org_id, location_id) REFERENCES location (org_id, id)
);
CALL make_tenant_table('batches_stock');

-- Every change of it, with the ledger's entry and what stands behind that: the way of a batch is read from here.
CREATE TABLE batches_movement (
    org_id uuid NOT NULL,
    id uuid NOT NULL,
    batch_id uuid NOT NULL,
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
    FOREIGN KEY (org_id, batch_id) REFERENCES batches_batch (org_id, id),
    FOREIGN KEY (org_id, location_id) REFERENCES location (org_id, id)
);
CREATE INDEX ON batches_movement (org_id, batch_id, event_type);
CREATE INDEX ON batches_movement (org_id, entry_id);
CREATE INDEX ON batches_movement (org_id, source_id, event_type) WHERE source_id IS NOT NULL;
CALL make_tenant_table('batches_movement');
CALL make_append_only('batches_movement');
