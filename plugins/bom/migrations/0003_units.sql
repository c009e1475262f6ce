-- What a line says in another unit: as it was said, with the factor that held then. Its quantity stays that of the stock unit
-- of its input (docs/adr/0059). A line in stock units has NULL in all of these.
-- old servers work: because they leave the new columns empty, and with them a line is one in stock units.
ALTER TABLE bom_item
    ADD COLUMN unit varchar(40),
    ADD COLUMN unit_quantity numeric(18, 6),
    ADD COLUMN unit_factor varchar(200),
    ADD CHECK (num_nulls(unit, unit_quantity, unit_factor) IN (0, 3)) NOT VALID;
