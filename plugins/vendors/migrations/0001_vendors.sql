CREATE TABLE vendor (
    org_id uuid NOT NULL,
    id uuid NOT NULL,
    name varchar(255) NOT NULL,
    address varchar(10000),
    city varchar(150),
    state varchar(100),
    country varchar(2),
    zip_code varchar(20),
    term varchar(100),
    qbo_id varchar(100),
    notes varchar(10000),
    is_active boolean NOT NULL DEFAULT true,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    -- What lists are sorted by. A column, because row-level security lets no function of the table's text decide where
    -- a page begins: every row before it would be read.
    sort_key text COLLATE "C" NOT NULL GENERATED ALWAYS AS (lower(name)) STORED,
    PRIMARY KEY (org_id, id)
);
CREATE UNIQUE INDEX vendor_qbo_id_key ON vendor (org_id, qbo_id);
-- The order of the list: a page is read from the index.
CREATE INDEX vendor_by_name ON vendor (org_id, sort_key, id);
CALL make_tenant_table('vendor');
