-- The number under which GS1 knows the item (docs/rules.md, Master data), and what a scan looks for.
ALTER TABLE material ADD COLUMN gtin varchar(14);
CREATE INDEX IF NOT EXISTS material_by_gtin ON material (org_id, gtin) WHERE gtin IS NOT NULL;
