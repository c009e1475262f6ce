CREATE TABLE customer_type (
    org_id uuid NOT NULL,
    id uuid NOT NULL,
    name varchar(100) NOT NULL,
    sort_order integer NOT NULL,
    is_active boolean NOT NULL DEFAULT true,
    created_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (org_id, id)
);
CREATE UNIQUE INDEX customer_type_name_key ON customer_type (org_id, lower(name));
CALL make_tenant_table('customer_type');

CREATE TABLE customer_segment (
    org_id uuid NOT NULL,
    id uuid NOT NULL,
    name varchar(100) NOT NULL,
    sort_order integer NOT NULL,
    is_active boolean NOT NULL DEFAULT true,
    created_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (org_id, id)
);
CREATE UNIQUE INDEX customer_segment_name_key ON customer_segment (org_id, lower(name));
CALL make_tenant_table('customer_segment');

CREATE TABLE broker (
    org_id uuid NOT NULL,
    id uuid NOT NULL,
    name varchar(100) NOT NULL,
    sort_order integer NOT NULL,
    is_active boolean NOT NULL DEFAULT true,
    created_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (org_id, id)
);
CREATE UNIQUE INDEX broker_name_key ON broker (org_id, lower(name));
CALL make_tenant_table('broker');

CREATE TABLE customer (
    org_id uuid NOT NULL,
    id uuid NOT NULL,
    name varchar(255) NOT NULL,
    customer_type_id uuid NOT NULL,
    customer_segment_id uuid,
    broker_id uuid,
    broker_fee_percent numeric(18, 6) CHECK (broker_fee_percent BETWEEN 0 AND 100),
    address varchar(10000),
    city varchar(150),
    state varchar(100),
    country varchar(2),
    zip_code varchar(20),
    parent_customer_id uuid CHECK (parent_customer_id <> id),
    qbo_id varchar(100),
    notes varchar(10000),
    is_active boolean NOT NULL DEFAULT true,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    -- What lists are sorted by. A column, because row-level security lets no function of the table's text decide where
    -- a page begins: every row before it would be read.
    sort_key text COLLATE "C" NOT NULL GENERATED ALWAYS AS (lower(name)) STORED,
    PRIMARY KEY (org_id, id),
    FOREIGN KEY (org_id, customer_type_id) REFERENCES customer_type (org_id, id),
    FOREIGN KEY (org_id, customer_segment_id) REFERENCES customer_segment (org_id, id),
    FOREIGN KEY (org_id, broker_id) REFERENCES broker (org_id, id),
    FOREIGN KEY (org_id, parent_customer_id) REFERENCES customer (org_id, id)
);
CREATE UNIQUE INDEX customer_qbo_id_key ON customer (org_id, qbo_id);
-- The order of the list; the same expression as in the handlers, so that a page is read from the index, also where the
-- list is narrowed to a type, a segment, a broker or a parent. These four serve the counts of references, too.
CREATE INDEX customer_by_name ON customer (org_id, sort_key, id);
CREATE INDEX customer_by_type ON customer (org_id, customer_type_id, sort_key, id);
CREATE INDEX customer_by_segment ON customer (org_id, customer_segment_id, sort_key, id)
    WHERE customer_segment_id IS NOT NULL;
CREATE INDEX customer_by_broker ON customer (org_id, broker_id, sort_key, id)
    WHERE broker_id IS NOT NULL;
CREATE INDEX customer_by_parent ON customer (org_id, parent_customer_id, sort_key, id)
    WHERE parent_customer_id IS NOT NULL;
CALL make_tenant_table('customer');
