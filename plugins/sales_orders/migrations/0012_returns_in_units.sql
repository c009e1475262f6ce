-- What came back may be said in the unit of its line, and is credited at the price that the line has in it, if it has one.
ALTER TABLE sales_order_return_item
    ADD COLUMN unit_quantity numeric(18, 6),
    ADD COLUMN price_per_unit numeric(18, 6);
