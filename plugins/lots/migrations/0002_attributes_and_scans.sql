-- What is known of a lot besides, by name (docs/rules.md, Lots).
ALTER TABLE lot ADD COLUMN attributes jsonb;
-- A scan of a vendor's label leads to our lot.
CREATE INDEX IF NOT EXISTS lot_by_supplier_lot ON lot (org_id, supplier_lot) WHERE supplier_lot IS NOT NULL;
