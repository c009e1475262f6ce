CREATE TABLE material_type (
    org_id uuid NOT NULL,
    id uuid NOT NULL,
    name varchar(100) NOT NULL,
    sort_order integer NOT NULL,
    is_active boolean NOT NULL DEFAULT true,
    created_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (org_id, id)
);
CREATE UNIQUE INDEX material_type_name_key ON material_type (org_id, lower(name));
CREATE INDEX material_type_by_sort_order ON material_type (org_id, sort_order, id);
CALL make_tenant_table('material_type');

CREATE TABLE material (
    org_id uuid NOT NULL,
    id uuid NOT NULL,
    material_code varchar(100) NOT NULL,
    name varchar(255) NOT NULL,
    material_type_id uuid NOT NULL,
    notes varchar(10000),
    is_active boolean NOT NULL DEFAULT true,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    -- What lists are sorted by. A column, because row-level security lets no function of the table's text decide where
    -- a page begins: every row before it would be read.
    sort_key text COLLATE "C" NOT NULL GENERATED ALWAYS AS (lower(material_code)) STORED,
    PRIMARY KEY (org_id, id),
    FOREIGN KEY (org_id, material_type_id) REFERENCES material_type (org_id, id)
);
CREATE UNIQUE INDEX material_code_key ON material (org_id, lower(material_code));
-- The order of the list, of all materials and of those of one type; the same expressions as in the handlers, so that
-- a page is read from the index.
CREATE INDEX material_by_code ON material (org_id, sort_key, id);
CREATE INDEX material_of_type ON material (org_id, material_type_id, sort_key, id);
CALL make_tenant_table('material');
