CREATE TABLE bom_item (
    org_id uuid NOT NULL,
    id uuid NOT NULL,
    sku_id uuid NOT NULL,
    position integer NOT NULL,
    material_id uuid,
    input_sku_id uuid,
    quantity numeric(18, 6) NOT NULL CHECK (quantity > 0),
    created_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (org_id, id),
    FOREIGN KEY (org_id, sku_id) REFERENCES sku (org_id, id),
    FOREIGN KEY (org_id, material_id) REFERENCES material (org_id, id),
    FOREIGN KEY (org_id, input_sku_id) REFERENCES sku (org_id, id),
    CHECK (num_nonnulls(material_id, input_sku_id) = 1),
    CHECK (input_sku_id <> sku_id)
);
CREATE UNIQUE INDEX bom_item_position_key ON bom_item (org_id, sku_id, position);
-- Each input once; the walk through sub-assemblies reads it, too.
CREATE UNIQUE INDEX bom_item_input_key ON bom_item (org_id, sku_id, input_sku_id, material_id) NULLS NOT DISTINCT;
CREATE INDEX bom_item_of_material ON bom_item (org_id, material_id);
CREATE INDEX bom_item_of_input_sku ON bom_item (org_id, input_sku_id);
CALL make_tenant_table('bom_item');

-- The SKUs that have a BOM. It reads as whoever asks, so that row-level security holds here as well; the owner of a
-- view would see every organization.
CREATE VIEW bom WITH (security_invoker = true) AS
SELECT
    sku.org_id,
    sku.id,
    sku.sku_code,
    sku.name,
    sku.sort_key,
    (SELECT count(*) FROM bom_item WHERE bom_item.org_id = sku.org_id AND bom_item.sku_id = sku.id) AS item_count
FROM sku
WHERE EXISTS (SELECT FROM bom_item WHERE bom_item.org_id = sku.org_id AND bom_item.sku_id = sku.id);
GRANT SELECT ON bom TO pharus_app;
