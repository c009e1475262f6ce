CREATE TABLE order_channel (
    org_id uuid NOT NULL,
    id uuid NOT NULL,
    name varchar(100) NOT NULL,
    sort_order integer NOT NULL,
    is_active boolean NOT NULL DEFAULT true,
    created_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (org_id, id)
);
CREATE UNIQUE INDEX order_channel_name_key ON order_channel (org_id, lower(name));
CALL make_tenant_table('order_channel');

CREATE TABLE sales_order (
    org_id uuid NOT NULL,
    id uuid NOT NULL,
    so_number varchar(40) NOT NULL,
    customer_id uuid NOT NULL,
    order_channel_id uuid NOT NULL,
    order_status varchar(20) NOT NULL,
    -- The status that a dispute interrupts: it counts for stock and locks meanwhile, and is the way back.
    disputed_from varchar(20),
    fulfillment_status varchar(20) NOT NULL,
    fulfillment_location_id uuid,
    broker_id uuid,
    broker_fee_percent numeric(18, 6) CHECK (broker_fee_percent BETWEEN 0 AND 100),
    broker_fees numeric(18, 6) NOT NULL DEFAULT 0 CHECK (broker_fees >= 0),
    fulfillment_costs numeric(18, 6) NOT NULL DEFAULT 0 CHECK (fulfillment_costs >= 0),
    freight_costs numeric(18, 6) NOT NULL DEFAULT 0 CHECK (freight_costs >= 0),
    promo_costs numeric(18, 6) NOT NULL DEFAULT 0 CHECK (promo_costs >= 0),
    other_costs numeric(18, 6) NOT NULL DEFAULT 0 CHECK (other_costs >= 0),
    mabd date NOT NULL,
    placed_at date NOT NULL,
    received_at date,
    entered_at date,
    shipped_at date,
    invoiced_at date,
    paid_at date,
    rejected_at date,
    in_dispute_at date,
    completed_at date,
    notes varchar(10000),
    qbo_id varchar(100),
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    PRIMARY KEY (org_id, id),
    FOREIGN KEY (org_id, customer_id) REFERENCES customer (org_id, id),
    FOREIGN KEY (org_id, order_channel_id) REFERENCES order_channel (org_id, id),
    FOREIGN KEY (org_id, fulfillment_location_id) REFERENCES location (org_id, id),
    FOREIGN KEY (org_id, broker_id) REFERENCES broker (org_id, id),
    CHECK ((order_status = 'In-Dispute') = (disputed_from IS NOT NULL)),
    -- Goods that have left have left from somewhere.
    CHECK (
        fulfillment_location_id IS NOT NULL
        OR coalesce(disputed_from, order_status) IN ('Received', 'Entered', 'Rejected')
    )
);
CREATE UNIQUE INDEX sales_order_so_number_key ON sales_order (org_id, so_number);
CREATE UNIQUE INDEX sales_order_qbo_id_key ON sales_order (org_id, qbo_id);
-- Newest first, as the primary key has it, also where the list is narrowed. They serve the counts of references, too.
CREATE INDEX sales_order_of_customer ON sales_order (org_id, customer_id, id);
CREATE INDEX sales_order_by_status ON sales_order (org_id, order_status, id);
CREATE INDEX sales_order_of_channel ON sales_order (org_id, order_channel_id);
CREATE INDEX sales_order_of_location ON sales_order (org_id, fulfillment_location_id)
    WHERE fulfillment_location_id IS NOT NULL;
CREATE INDEX sales_order_of_broker ON sales_order (org_id, broker_id) WHERE broker_id IS NOT NULL;
CREATE INDEX sales_order_by_date ON sales_order (org_id, placed_at);
CALL make_tenant_table('sales_order');

CREATE TABLE sales_order_item (
    org_id uuid NOT NULL,
    id uuid NOT NULL,
    sales_order_id uuid NOT NULL,
    sku_id uuid NOT NULL,
    quantity integer NOT NULL CHECK (quantity > 0),
    unit_price numeric(18, 6) NOT NULL DEFAULT 0 CHECK (unit_price >= 0),
    PRIMARY KEY (org_id, id),
    FOREIGN KEY (org_id, sales_order_id) REFERENCES sales_order (org_id, id) ON DELETE CASCADE,
    FOREIGN KEY (org_id, sku_id) REFERENCES sku (org_id, id)
);
-- Each SKU stands in one line of an order only; the lines of an order are found by it as well.
CREATE UNIQUE INDEX sales_order_item_sku_id_key ON sales_order_item (org_id, sales_order_id, sku_id);
CREATE INDEX sales_order_item_of_sku ON sales_order_item (org_id, sku_id);
CALL make_tenant_table('sales_order_item');

CREATE TABLE timeline_note (
    org_id uuid NOT NULL,
    id uuid NOT NULL,
    sales_order_id uuid NOT NULL,
    order_status varchar(20) NOT NULL,
    note varchar(10000) NOT NULL,
    created_at timestamptz NOT NULL,
    PRIMARY KEY (org_id, id),
    FOREIGN KEY (org_id, sales_order_id) REFERENCES sales_order (org_id, id) ON DELETE CASCADE
);
CREATE INDEX timeline_note_of_order ON timeline_note (org_id, sales_order_id, id);
CALL make_tenant_table('timeline_note');
