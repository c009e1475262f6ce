-- What is bought for how much from a vendor, and what customers pay (docs/adr/0062).
--
-- Of prices for the same thing, the same partner and the same quantity, two that have no end cannot begin on one day, and
-- two that have one cannot share a day: a unique index and an exclusion constraint see to it, whoever writes at the same
-- time.

-- One id as a range: GiST compares those, and ids themselves only with an extension.
CREATE TYPE uuid_range AS RANGE (subtype = uuid);

CREATE TABLE supplier_price (
    org_id uuid NOT NULL,
    id uuid NOT NULL,
    vendor_id uuid NOT NULL,
    material_id uuid,
    sku_id uuid,
    supplier_item_code varchar(100),
    min_quantity numeric(18, 6) NOT NULL DEFAULT 0 CHECK (min_quantity >= 0),
    unit_cost numeric(18, 6) NOT NULL CHECK (unit_cost >= 0),
    valid_from date NOT NULL,
    valid_to date CHECK (valid_to >= valid_from),
    notes varchar(10000),
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    item_id uuid NOT NULL GENERATED ALWAYS AS (coalesce(material_id, sku_id)) STORED,
    PRIMARY KEY (org_id, id),
    FOREIGN KEY (org_id, vendor_id) REFERENCES vendor (org_id, id),
    FOREIGN KEY (org_id, material_id) REFERENCES material (org_id, id),
    FOREIGN KEY (org_id, sku_id) REFERENCES sku (org_id, id),
    CHECK (num_nonnulls(material_id, sku_id) = 1),
    CONSTRAINT supplier_price_validity_excl EXCLUDE USING gist (
        uuid_range(org_id, org_id, '[]') WITH &&,
        uuid_range(item_id, item_id, '[]') WITH &&,
        uuid_range(vendor_id, vendor_id, '[]') WITH &&,
        numrange(min_quantity, min_quantity, '[]') WITH &&,
        daterange(valid_from, valid_to, '[]') WITH &&
    ) WHERE (valid_to IS NOT NULL)
);
CREATE UNIQUE INDEX supplier_price_valid_from_key
    ON supplier_price (org_id, vendor_id, item_id, min_quantity, valid_from) WHERE valid_to IS NULL;
-- Which price holds is asked of an item and a vendor.
CREATE INDEX supplier_price_of_item ON supplier_price (org_id, item_id, vendor_id, valid_from);
-- Newest first, as the primary key has it, also where the list is narrowed. They serve the counts of references, too.
CREATE INDEX supplier_price_of_vendor ON supplier_price (org_id, vendor_id, id);
CREATE INDEX supplier_price_of_material ON supplier_price (org_id, material_id, id) WHERE material_id IS NOT NULL;
CREATE INDEX supplier_price_of_sku ON supplier_price (org_id, sku_id, id) WHERE sku_id IS NOT NULL;
CREATE INDEX supplier_price_by_date ON supplier_price (org_id, valid_from, id);
CREATE INDEX supplier_price_by_update ON supplier_price (org_id, updated_at, id);
CALL make_tenant_table('supplier_price');

CREATE TABLE customer_price (
    org_id uuid NOT NULL,
    id uuid NOT NULL,
    sku_id uuid NOT NULL,
    customer_id uuid,
    customer_segment_id uuid,
    min_quantity numeric(18, 6) NOT NULL DEFAULT 0 CHECK (min_quantity >= 0),
    unit_price numeric(18, 6) NOT NULL CHECK (unit_price >= 0),
    valid_from date NOT NULL,
    valid_to date CHECK (valid_to >= valid_from),
    notes varchar(10000),
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    -- Who pays it: the customer or the segment with this id, or everybody.
    payer_id uuid NOT NULL GENERATED ALWAYS AS (
        coalesce(customer_id, customer_segment_id, '00000000-0000-0000-0000-000000000000'::uuid)
    ) STORED,
    PRIMARY KEY (org_id, id),
    FOREIGN KEY (org_id, sku_id) REFERENCES sku (org_id, id),
    FOREIGN KEY (org_id, customer_id) REFERENCES customer (org_id, id),
    FOREIGN KEY (org_id, customer_segment_id) REFERENCES customer_segment (org_id, id),
    CHECK (num_nonnulls(customer_id, customer_segment_id) <= 1),
    CONSTRAINT customer_price_validity_excl EXCLUDE USING gist (
        uuid_range(org_id, org_id, '[]') WITH &&,
        uuid_range(sku_id, sku_id, '[]') WITH &&,
        uuid_range(payer_id, payer_id, '[]') WITH &&,
        numrange(min_quantity, min_quantity, '[]') WITH &&,
        daterange(valid_from, valid_to, '[]') WITH &&
    ) WHERE (valid_to IS NOT NULL)
);
CREATE UNIQUE INDEX customer_price_valid_from_key
    ON customer_price (org_id, sku_id, payer_id, min_quantity, valid_from) WHERE valid_to IS NULL;
-- Which price holds is asked of a SKU and those who pay.
CREATE INDEX customer_price_of_payer ON customer_price (org_id, sku_id, payer_id, valid_from);
CREATE INDEX customer_price_of_sku ON customer_price (org_id, sku_id, id);
CREATE INDEX customer_price_by_payer ON customer_price (org_id, payer_id, id);
CREATE INDEX customer_price_by_date ON customer_price (org_id, valid_from, id);
CREATE INDEX customer_price_by_update ON customer_price (org_id, updated_at, id);
CALL make_tenant_table('customer_price');
