-- Changes of what receipts have cost, after the goods arrived: corrected unit costs, and costs that are allocated to
-- the lines of receipts. Each line has its REVALUE entry in a ledger. What was allocated of the order's three costs is
-- the sum of the items: those of a receipt that is deleted go with it, and their part is open again.
CREATE TABLE purchase_order_cost_change (
    org_id uuid NOT NULL,
    id uuid NOT NULL,
    purchase_order_id uuid NOT NULL,
    kind varchar(20) NOT NULL CHECK (kind IN ('correction', 'allocation')),
    cost varchar(20) CHECK (cost IN ('shippingCosts', 'setupCosts', 'otherCosts', 'additional')),
    basis varchar(20) CHECK (basis IN ('value', 'quantity', 'hand')),
    reason varchar(10000),
    event_date timestamptz NOT NULL,
    created_at timestamptz NOT NULL,
    PRIMARY KEY (org_id, id),
    FOREIGN KEY (org_id, purchase_order_id) REFERENCES purchase_order (org_id, id) ON DELETE CASCADE,
    CHECK ((kind = 'allocation') = (cost IS NOT NULL)),
    CHECK ((cost IS NULL) = (basis IS NULL))
);
CREATE INDEX purchase_order_cost_change_of_order ON purchase_order_cost_change (org_id, purchase_order_id, id);
CALL make_tenant_table('purchase_order_cost_change');

CREATE TABLE purchase_order_cost_change_item (
    org_id uuid NOT NULL,
    id uuid NOT NULL,
    cost_change_id uuid NOT NULL,
    receipt_item_id uuid NOT NULL,
    ledger_entry_id uuid NOT NULL,
    unit_cost_before numeric(18, 6),
    unit_cost numeric(18, 6) CHECK (unit_cost >= 0),
    -- By how much the line has cost more, or less, in all.
    amount numeric(36, 12) NOT NULL CHECK (amount <> 0),
    PRIMARY KEY (org_id, id),
    FOREIGN KEY (org_id, cost_change_id) REFERENCES purchase_order_cost_change (org_id, id) ON DELETE CASCADE,
    FOREIGN KEY (org_id, receipt_item_id) REFERENCES purchase_order_receipt_item (org_id, id) ON DELETE CASCADE,
    CHECK ((unit_cost_before IS NULL) = (unit_cost IS NULL))
);
CREATE INDEX purchase_order_cost_change_item_of_change
    ON purchase_order_cost_change_item (org_id, cost_change_id, id);
CREATE INDEX purchase_order_cost_change_item_of_receipt_item
    ON purchase_order_cost_change_item (org_id, receipt_item_id);
CALL make_tenant_table('purchase_order_cost_change_item');
