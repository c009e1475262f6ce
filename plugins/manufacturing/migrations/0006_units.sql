-- What lines and receipts say in other units: as it was said, with the factor that held then. Their quantity stays that of the
-- stock unit (docs/adr/0059). A line in stock units has NULL in all of these.
-- old servers work: because they leave the new columns empty, and with them a line is one in stock units.
DO $do$
DECLARE
    kind text;
BEGIN
    FOREACH kind IN ARRAY ARRAY['work', 'production'] LOOP
        EXECUTE format($sql$
            ALTER TABLE %1$s_order_item
                ADD COLUMN unit varchar(40),
                ADD COLUMN unit_quantity numeric(18, 6),
                ADD COLUMN unit_factor varchar(200),
                ADD CHECK (num_nulls(unit, unit_quantity, unit_factor) IN (0, 3)) NOT VALID;
            ALTER TABLE %1$s_order_receipt_item ADD COLUMN unit_quantity numeric(18, 6);
        $sql$, kind);
    END LOOP;
END $do$;
