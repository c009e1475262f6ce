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
    PRIMARY KEY (org_id, id)
);
CREATE UNIQUE INDEX vendor_qbo_id_key ON vendor (org_id, qbo_id);
-- The order of the list; the same expression as in the handlers, so that a page is read from the index.
CREATE INDEX vendor_by_name ON vendor (org_id, (lower(name) COLLATE "C"), id);
CALL make_tenant_table('vendor');
