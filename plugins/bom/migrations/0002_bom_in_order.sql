-- Whether a SKU has a BOM is asked of one SKU after the other, in the order of the list, until a page is full. As a
-- condition with EXISTS the planner could join all SKUs with all lines first, and did so beside other organizations.
CREATE OR REPLACE VIEW bom WITH (security_invoker = true) AS
SELECT
    sku.org_id,
    sku.id,
    sku.sku_code,
    sku.name,
    sku.sort_key,
    (SELECT count(*) FROM bom_item WHERE bom_item.org_id = sku.org_id AND bom_item.sku_id = sku.id) AS item_count
FROM sku
WHERE (
    SELECT position FROM bom_item WHERE bom_item.org_id = sku.org_id AND bom_item.sku_id = sku.id
    ORDER BY position LIMIT 1
) IS NOT NULL;
