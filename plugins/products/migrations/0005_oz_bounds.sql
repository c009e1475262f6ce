-- What a bound of ounces is compared with: millionths, in whole numbers. Behind row-level security comparisons of decimals
-- choose no rows from an index, and the planner may not know how many they find; those of whole numbers do.
ALTER TABLE sku ADD COLUMN millionths_of_oz bigint GENERATED ALWAYS AS ((oz_per_item * 1000000)::bigint) STORED;
DROP INDEX sku_by_oz_per_item;
CREATE INDEX sku_by_oz_per_item ON sku (org_id, millionths_of_oz) WHERE millionths_of_oz IS NOT NULL;
