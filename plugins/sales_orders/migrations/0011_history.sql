-- Orders of the years before the organization came here: their goods have left, or never did, and nothing of it is in the
-- ledger. Whoever would lead one to a status at which something is open is refused by the database itself
-- (docs/adr/0063).
-- old servers work: because none of their orders is history, and of the others all that was refused still is.
ALTER TABLE sales_order ADD COLUMN is_history boolean NOT NULL DEFAULT false;
ALTER TABLE sales_order ADD CONSTRAINT sales_order_history_has_left
    CHECK (NOT is_history OR order_status NOT IN ('Received', 'Entered')) NOT VALID;
-- Of history nobody need know from where the goods left; of any other order somebody must.
ALTER TABLE sales_order DROP CONSTRAINT sales_order_check1;
ALTER TABLE sales_order ADD CONSTRAINT sales_order_goods_left_somewhere CHECK (
    is_history OR fulfillment_location_id IS NOT NULL
    OR coalesce(disputed_from, order_status) NOT IN ('Shipped', 'Invoiced', 'Paid', 'Completed')
) NOT VALID;
