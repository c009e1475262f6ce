CREATE TABLE sku_type (
    org_id uuid NOT NULL,
    id uuid NOT NULL,
    name varchar(100) NOT NULL,
    sort_order integer NOT NULL,
    is_active boolean NOT NULL DEFAULT true,
    created_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (org_id, id)
);
CREATE UNIQUE INDEX sku_type_name_key ON sku_type (org_id, lower(name));
CREATE INDEX sku_type_by_sort_order ON sku_type (org_id, sort_order, id);
CALL make_tenant_table('sku_type');

CREATE TABLE sku (
    org_id uuid NOT NULL,
    id uuid NOT NULL,
    sku_code varchar(100) NOT NULL,
    name varchar(255) NOT NULL,
    sku_type_id uuid NOT NULL,
    items_per_unit integer NOT NULL DEFAULT 1 CHECK (items_per_unit >= 1),
    oz_per_item numeric(18, 6) CHECK (oz_per_item >= 0),
    qbo_id varchar(100),
    notes varchar(10000),
    is_active boolean NOT NULL DEFAULT true,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    -- What lists are sorted by. A column, because row-level security lets no function of the table's text decide where
    -- a page begins: every row before it would be read.
    sort_key text COLLATE "C" NOT NULL GENERATED ALWAYS AS (lower(sku_code)) STORED,
    PRIMARY KEY (org_id, id),
    FOREIGN KEY (org_id, sku_type_id) REFERENCES sku_type (org_id, id)
);
CREATE UNIQUE INDEX sku_code_key ON sku (org_id, lower(sku_code));
CREATE UNIQUE INDEX sku_qbo_id_key ON sku (org_id, qbo_id);
-- The order of the list, of all SKUs and of those of one type; the same expressions as in the handlers, so that a page
-- is read from the index.
CREATE INDEX sku_by_code ON sku (org_id, sort_key, id);
CREATE INDEX sku_of_type ON sku (org_id, sku_type_id, sort_key, id);
CALL make_tenant_table('sku');
