-- What lines and shipments say in other units: as it was said, with the factor that held then. Their quantity and unit price
-- stay those of the stock unit (docs/adr/0059). A line in stock units has NULL in all of these.
-- old servers work: because they leave the new columns empty, and with them a line is one in stock units.
ALTER TABLE sales_order_item
    ADD COLUMN unit varchar(40),
    ADD COLUMN unit_quantity numeric(18, 6),
    ADD COLUMN unit_factor varchar(200),
    ADD COLUMN price_per_unit numeric(18, 6),
    ADD CHECK (num_nulls(unit, unit_quantity, unit_factor) IN (0, 3)) NOT VALID,
    ADD CHECK (price_per_unit IS NULL OR unit IS NOT NULL) NOT VALID;
ALTER TABLE sales_order_shipment_item ADD COLUMN unit_quantity numeric(18, 6);
