CREATE TABLE purchase_order (
    org_id uuid NOT NULL,
    id uuid NOT NULL,
    po_number varchar(40) NOT NULL,
    vendor_id uuid NOT NULL,
    target_type varchar(20) NOT NULL CHECK (target_type IN ('materials', 'finished_goods')),
    status varchar(20) NOT NULL,
    ship_to_location_id uuid,
    planning_at date,
    placed_at date,
    ship_date date,
    in_transit_at date,
    partial_at date,
    expected_delivery_date date,
    received_at date,
    paid_at date,
    cancelled_at date,
    shipping_costs numeric(18, 6) NOT NULL DEFAULT 0 CHECK (shipping_costs >= 0),
    setup_costs numeric(18, 6) NOT NULL DEFAULT 0 CHECK (setup_costs >= 0),
    other_costs numeric(18, 6) NOT NULL DEFAULT 0 CHECK (other_costs >= 0),
    notes varchar(10000),
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    -- The day that dateFrom and dateTo ask for: when it was placed, or written down while it is not placed.
    order_date date NOT NULL GENERATED ALWAYS AS (coalesce(placed_at, (created_at AT TIME ZONE 'UTC')::date)) STORED,
    PRIMARY KEY (org_id, id),
    FOREIGN KEY (org_id, vendor_id) REFERENCES vendor (org_id, id),
    FOREIGN KEY (org_id, ship_to_location_id) REFERENCES location (org_id, id)
);
CREATE UNIQUE INDEX purchase_order_po_number_key ON purchase_order (org_id, po_number);
-- Newest first, as the primary key has it, also where the list is narrowed. They serve the counts of references, too.
CREATE INDEX purchase_order_of_vendor ON purchase_order (org_id, vendor_id, id);
CREATE INDEX purchase_order_by_status ON purchase_order (org_id, status, id);
CREATE INDEX purchase_order_of_location ON purchase_order (org_id, ship_to_location_id)
    WHERE ship_to_location_id IS NOT NULL;
CREATE INDEX purchase_order_by_date ON purchase_order (org_id, order_date);
CALL make_tenant_table('purchase_order');

CREATE TABLE purchase_order_item (
    org_id uuid NOT NULL,
    id uuid NOT NULL,
    purchase_order_id uuid NOT NULL,
    material_id uuid,
    sku_id uuid,
    quantity numeric(18, 6) NOT NULL CHECK (quantity > 0),
    unit_cost numeric(18, 6) NOT NULL DEFAULT 0 CHECK (unit_cost >= 0),
    PRIMARY KEY (org_id, id),
    FOREIGN KEY (org_id, purchase_order_id) REFERENCES purchase_order (org_id, id) ON DELETE CASCADE,
    FOREIGN KEY (org_id, material_id) REFERENCES material (org_id, id),
    FOREIGN KEY (org_id, sku_id) REFERENCES sku (org_id, id),
    CHECK (num_nonnulls(material_id, sku_id) = 1)
);
CREATE INDEX purchase_order_item_of_order ON purchase_order_item (org_id, purchase_order_id, id);
CREATE INDEX purchase_order_item_of_material ON purchase_order_item (org_id, material_id, purchase_order_id, id)
    WHERE material_id IS NOT NULL;
CREATE INDEX purchase_order_item_of_sku ON purchase_order_item (org_id, sku_id, purchase_order_id, id)
    WHERE sku_id IS NOT NULL;
CALL make_tenant_table('purchase_order_item');

CREATE TABLE purchase_order_receipt (
    org_id uuid NOT NULL,
    id uuid NOT NULL,
    purchase_order_id uuid NOT NULL,
    receipt_date date NOT NULL,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    PRIMARY KEY (org_id, id),
    FOREIGN KEY (org_id, purchase_order_id) REFERENCES purchase_order (org_id, id) ON DELETE CASCADE
);
CREATE INDEX purchase_order_receipt_of_order ON purchase_order_receipt (org_id, purchase_order_id, id);
CALL make_tenant_table('purchase_order_receipt');

CREATE TABLE purchase_order_receipt_item (
    org_id uuid NOT NULL,
    id uuid NOT NULL,
    receipt_id uuid NOT NULL,
    po_item_id uuid NOT NULL,
    quantity numeric(18, 6) NOT NULL CHECK (quantity > 0),
    unit_cost numeric(18, 6) NOT NULL CHECK (unit_cost >= 0),
    PRIMARY KEY (org_id, id),
    FOREIGN KEY (org_id, receipt_id) REFERENCES purchase_order_receipt (org_id, id) ON DELETE CASCADE,
    FOREIGN KEY (org_id, po_item_id) REFERENCES purchase_order_item (org_id, id) ON DELETE CASCADE
);
CREATE INDEX purchase_order_receipt_item_of_receipt ON purchase_order_receipt_item (org_id, receipt_id, id);
CREATE INDEX purchase_order_receipt_item_of_item ON purchase_order_receipt_item (org_id, po_item_id);
CALL make_tenant_table('purchase_order_receipt_item');

-- The lines with their order and what of them has arrived. It reads as whoever asks, so that row-level security holds
-- here as well; the owner of a view would see every organization.
CREATE VIEW purchase_order_line WITH (security_invoker = true) AS
SELECT
    item.*,
    po.po_number,
    po.status AS po_status,
    (
        SELECT coalesce(sum(received.quantity), 0) FROM purchase_order_receipt_item AS received
        WHERE received.org_id = item.org_id AND received.po_item_id = item.id
    ) AS received_quantity
FROM purchase_order_item AS item
JOIN purchase_order AS po ON po.org_id = item.org_id AND po.id = item.purchase_order_id;
GRANT SELECT ON purchase_order_line TO pharus_app;
