-- Orders of the years before the organization came here. They hold nothing in the ledgers, so they are at a status at
-- which nothing is open: whoever would lead one to another is refused by the database itself (docs/adr/0063).
-- old servers work: because they see the same columns of the view, and none of their orders is history.
ALTER TABLE purchase_order ADD COLUMN is_history boolean NOT NULL DEFAULT false;
ALTER TABLE purchase_order ADD CONSTRAINT purchase_order_history_has_ended
    CHECK (NOT is_history OR status IN ('Received', 'Paid', 'Cancelled')) NOT VALID;

-- The same as before; of an order of history that has arrived, all has.
DROP VIEW purchase_order_line;
CREATE VIEW purchase_order_line WITH (security_invoker = true) AS
SELECT
    item.*,
    po.po_number,
    po.status AS po_status,
    CASE WHEN po.is_history AND po.status <> 'Cancelled' THEN item.quantity ELSE (
        SELECT coalesce(sum(received.quantity), 0) FROM purchase_order_receipt_item AS received
        WHERE received.org_id = item.org_id AND received.po_item_id = item.id
    ) END AS received_quantity
FROM purchase_order_item AS item
JOIN purchase_order AS po ON po.org_id = item.org_id AND po.id = item.purchase_order_id;
GRANT SELECT ON purchase_order_line TO pharus_app;
