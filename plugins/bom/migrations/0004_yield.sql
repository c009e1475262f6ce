-- What a BOM says beside its lines: of how large a batch its quantities are, how much of a batch comes out, what is
-- planned to be lost of an input, and what else comes out (docs/adr/0060). A BOM that says none of it has no header.
-- old servers stop: because they would write orders that take too little, and leave by-products out.
ALTER TABLE bom_item
    ADD COLUMN scrap_percent numeric(18, 6) NOT NULL DEFAULT 0,
    ADD CHECK (scrap_percent BETWEEN 0 AND 100) NOT VALID;

-- The id is the SKU's.
CREATE TABLE bom_header (
    org_id uuid NOT NULL,
    id uuid NOT NULL,
    batch_size numeric(18, 6) NOT NULL DEFAULT 1 CHECK (batch_size > 0),
    yield_percent numeric(18, 6) NOT NULL DEFAULT 100 CHECK (yield_percent > 0),
    PRIMARY KEY (org_id, id),
    FOREIGN KEY (org_id, id) REFERENCES sku (org_id, id)
);
CALL make_tenant_table('bom_header');

CREATE TABLE bom_by_product (
    org_id uuid NOT NULL,
    id uuid NOT NULL,
    sku_id uuid NOT NULL,
    position integer NOT NULL,
    by_product_sku_id uuid NOT NULL,
    quantity numeric(18, 6) NOT NULL CHECK (quantity > 0),
    cost_share_percent numeric(18, 6) NOT NULL CHECK (cost_share_percent BETWEEN 0 AND 100),
    created_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (org_id, id),
    FOREIGN KEY (org_id, sku_id) REFERENCES sku (org_id, id),
    FOREIGN KEY (org_id, by_product_sku_id) REFERENCES sku (org_id, id),
    CHECK (by_product_sku_id <> sku_id)
);
CREATE UNIQUE INDEX bom_by_product_position_key ON bom_by_product (org_id, sku_id, position);
CREATE UNIQUE INDEX bom_by_product_by_product_sku_id_key ON bom_by_product (org_id, sku_id, by_product_sku_id);
CREATE INDEX bom_by_product_of_sku ON bom_by_product (org_id, by_product_sku_id);
CALL make_tenant_table('bom_by_product');
