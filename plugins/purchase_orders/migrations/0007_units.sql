-- What lines say in other units: as it was said, with the factor that held then. Their quantity and unit cost stay those of
-- the stock unit (docs/adr/0059). A line in stock units has NULL in all of these.
-- old servers work: because they leave the new columns empty, and with them a line is one in stock units; the view is there
-- again with all that they read when this file commits.
ALTER TABLE purchase_order_item
    ADD COLUMN unit varchar(40),
    ADD COLUMN unit_quantity numeric(18, 6),
    ADD COLUMN unit_factor varchar(200),
    ADD COLUMN price_per_unit numeric(18, 6),
    ADD CHECK (num_nulls(unit, unit_quantity, unit_factor) IN (0, 3)) NOT VALID,
    ADD CHECK (price_per_unit IS NULL OR unit IS NOT NULL) NOT VALID;

-- amount is what a line cost in all when it arrived, exactly, where it has a price per unit.
ALTER TABLE purchase_order_receipt_item
    ADD COLUMN unit_quantity numeric(18, 6),
    ADD COLUMN amount numeric(36, 12);

-- The view shows the columns that there were when it was made.
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
