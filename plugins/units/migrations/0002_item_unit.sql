-- The further units of all items, materials and SKUs, as one list. It reads as whoever asks, so that row-level security
-- holds here as well.
CREATE VIEW item_unit WITH (security_invoker = true) AS
SELECT org_id, id, material_id, NULL::uuid AS sku_id, unit, numerator, denominator, base_unit, created_at FROM material_unit
UNION ALL
SELECT org_id, id, NULL::uuid, sku_id, unit, numerator, denominator, base_unit, created_at FROM sku_unit;
GRANT SELECT ON item_unit TO pharus_app;
