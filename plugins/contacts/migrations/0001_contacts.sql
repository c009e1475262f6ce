CREATE TABLE contact (
    org_id uuid NOT NULL,
    id uuid NOT NULL,
    display_name varchar(511) NOT NULL,
    first_name varchar(255) NOT NULL,
    last_name varchar(255),
    title varchar(255),
    notes varchar(10000),
    is_active boolean NOT NULL DEFAULT true,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    -- What lists are sorted by. A column, because row-level security lets no function of the table's text decide where
    -- a page begins: every row before it would be read.
    sort_key text COLLATE "C" NOT NULL GENERATED ALWAYS AS (lower(display_name)) STORED,
    PRIMARY KEY (org_id, id)
);
-- The order of the list; the same expression as in the handlers, so that a page is read from the index.
CREATE INDEX contact_by_display_name ON contact (org_id, sort_key, id);
CALL make_tenant_table('contact');

CREATE TABLE contact_method (
    org_id uuid NOT NULL,
    id uuid NOT NULL,
    contact_id uuid NOT NULL,
    method_type varchar(20) NOT NULL CHECK (method_type IN ('email', 'phone')),
    value varchar(320) NOT NULL,
    label varchar(255),
    is_primary boolean NOT NULL DEFAULT false,
    is_active boolean NOT NULL DEFAULT true,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (org_id, id),
    FOREIGN KEY (org_id, contact_id) REFERENCES contact (org_id, id),
    CHECK (is_active OR NOT is_primary)
);
-- Also serves the list of a contact's methods.
CREATE UNIQUE INDEX contact_method_value_key ON contact_method (org_id, contact_id, method_type, value);
CREATE UNIQUE INDEX contact_method_is_primary_key ON contact_method (org_id, contact_id, method_type)
    WHERE is_primary;
-- Who has this primary address? The domain stores addresses in lower case.
CREATE INDEX contact_method_by_primary_email ON contact_method (org_id, value)
    WHERE is_primary AND method_type = 'email';
CALL make_tenant_table('contact_method');

-- A column with a foreign key for each kind of entity, so that the database itself refuses a link to what does not exist
-- or belongs to another organization. What the contract shows of it is made of the two.
CREATE TABLE contact_link (
    org_id uuid NOT NULL,
    id uuid NOT NULL,
    contact_id uuid NOT NULL,
    customer_id uuid,
    vendor_id uuid,
    entity_type varchar(20) NOT NULL
        GENERATED ALWAYS AS (CASE WHEN customer_id IS NULL THEN 'vendor' ELSE 'customer' END) STORED,
    entity_id uuid NOT NULL GENERATED ALWAYS AS (coalesce(customer_id, vendor_id)) STORED,
    role varchar(255),
    is_primary boolean NOT NULL DEFAULT false,
    notes varchar(10000),
    is_active boolean NOT NULL DEFAULT true,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (org_id, id),
    FOREIGN KEY (org_id, contact_id) REFERENCES contact (org_id, id),
    FOREIGN KEY (org_id, customer_id) REFERENCES customer (org_id, id),
    FOREIGN KEY (org_id, vendor_id) REFERENCES vendor (org_id, id),
    CHECK (num_nonnulls(customer_id, vendor_id) = 1)
);
CREATE UNIQUE INDEX contact_link_customer_key ON contact_link (org_id, customer_id, contact_id)
    WHERE customer_id IS NOT NULL;
CREATE UNIQUE INDEX contact_link_vendor_key ON contact_link (org_id, vendor_id, contact_id)
    WHERE vendor_id IS NOT NULL;
CREATE UNIQUE INDEX contact_link_is_primary_key ON contact_link (org_id, entity_type, entity_id) WHERE is_primary;
CREATE INDEX contact_link_by_contact ON contact_link (org_id, contact_id);
CALL make_tenant_table('contact_link');
