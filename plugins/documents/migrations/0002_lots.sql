-- Documents of lots, such as a certificate of analysis: one more column with a foreign key (docs/rules.md, Documents).
-- What the contract shows of the columns is made of all of them by a trigger instead of an expression, which could only
-- be changed by writing the whole table anew.
-- old servers work: because they name neither the new column nor, in what they write, the two that are filled
ALTER TABLE document
    ADD COLUMN lot_id uuid,
    ALTER COLUMN entity_type DROP EXPRESSION,
    ALTER COLUMN entity_id DROP EXPRESSION,
    ADD FOREIGN KEY (org_id, lot_id) REFERENCES lot (org_id, id) NOT VALID,
    DROP CONSTRAINT document_check,
    ADD CHECK (num_nonnulls(sales_order_id, purchase_order_id, work_order_id, lot_id) = 1) NOT VALID;
CREATE INDEX IF NOT EXISTS document_of_lot ON document (org_id, lot_id) WHERE lot_id IS NOT NULL;

CREATE FUNCTION document_entity() RETURNS trigger LANGUAGE plpgsql AS $body$
BEGIN
    NEW.entity_type := CASE
        WHEN NEW.sales_order_id IS NOT NULL THEN 'sales_order'
        WHEN NEW.purchase_order_id IS NOT NULL THEN 'purchase_order'
        WHEN NEW.work_order_id IS NOT NULL THEN 'work_order'
        ELSE 'lot'
    END;
    NEW.entity_id := coalesce(NEW.sales_order_id, NEW.purchase_order_id, NEW.work_order_id, NEW.lot_id);
    RETURN NEW;
END $body$;
CREATE TRIGGER entity BEFORE INSERT ON document FOR EACH ROW EXECUTE FUNCTION document_entity();
