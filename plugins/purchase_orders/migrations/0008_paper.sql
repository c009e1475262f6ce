-- What the vendor's copy says: the terms, where they are not the vendor's usual ones, and what the vendor calls an item.
ALTER TABLE purchase_order ADD COLUMN terms varchar(255);
ALTER TABLE purchase_order_item ADD COLUMN supplier_item_code varchar(100);

-- The view shows the columns that there were when it was made.
-- old servers work: because the view is there again with all that they read when this file commits.
DROP VIEW purchase_order_line;
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
