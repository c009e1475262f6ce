-- The deactivated ones are few, and a list of them alone is read without passing over all others.
CREATE INDEX sku_inactive ON sku (org_id, sort_key, id) WHERE NOT is_active;
-- What lies within narrow bounds; within wide ones the next page is near in the order of the list.
CREATE INDEX sku_by_items_per_unit ON sku (org_id, items_per_unit);
CREATE INDEX sku_by_oz_per_item ON sku (org_id, oz_per_item) WHERE oz_per_item IS NOT NULL;
