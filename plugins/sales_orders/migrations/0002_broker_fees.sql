-- Whether somebody said what the broker gets. Fees that nobody set follow the lines, the percent and the broker until the
-- order is invoiced (docs/rules.md, Sales orders).
--
-- Of the orders that are there, those whose fees are what their lines and percent give have not been set. The owner of
-- the table is bound by row-level security, too; it is put back at the end.
ALTER TABLE sales_order ADD COLUMN fees_given boolean NOT NULL DEFAULT false;
ALTER TABLE sales_order NO FORCE ROW LEVEL SECURITY;
ALTER TABLE sales_order_item NO FORCE ROW LEVEL SECURITY;
UPDATE sales_order AS placed SET fees_given = true WHERE broker_fees <> (
    SELECT round(coalesce(sum(quantity * unit_price), 0) * coalesce(placed.broker_fee_percent, 0) / 100, 2)
    FROM sales_order_item AS item WHERE item.org_id = placed.org_id AND item.sales_order_id = placed.id
);
ALTER TABLE sales_order_item FORCE ROW LEVEL SECURITY;
ALTER TABLE sales_order FORCE ROW LEVEL SECURITY;
