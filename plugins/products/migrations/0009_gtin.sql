-- The number under which GS1 knows the item (docs/rules.md, Master data), and what a scan looks for.
ALTER TABLE sku ADD COLUMN gtin varchar(14);
CREATE INDEX IF NOT EXISTS sku_by_gtin ON sku (org_id, gtin) WHERE gtin IS NOT NULL;
