CREATE TABLE location (
    org_id uuid NOT NULL,
    id uuid NOT NULL,
    name varchar(100) NOT NULL,
    sort_order integer NOT NULL,
    address varchar(10000),
    city varchar(150),
    state varchar(100),
    country varchar(2),
    zip_code varchar(20),
    notes varchar(10000),
    is_active boolean NOT NULL DEFAULT true,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (org_id, id)
);
CREATE UNIQUE INDEX location_name_key ON location (org_id, lower(name));
CREATE INDEX location_by_sort_order ON location (org_id, sort_order, id);
CALL make_tenant_table('location');
