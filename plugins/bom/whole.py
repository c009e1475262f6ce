"""BOMs with their lines as one list shows them and one import takes them: by-products are lines, too."""

from collections.abc import Sequence
from typing import Any

from pharus.db import current, db

_KEYS = (
    *("materialId", "inputSkuId", "byProductSkuId", "quantity", "unit", "unitQuantity", "scrapPercent"),
    *("costSharePercent", "stockQuantity"),
)
_NAMES = (*("materialCode", "materialName", "inputSkuCode", "inputSkuName", "byProductSkuCode", "byProductSkuName"),)
# The lines of these BOMs in their order, with the header of theirs and the names of what they name.
_LINES = """
SELECT line.sku_id, coalesce(header.batch_size, 1), coalesce(header.yield_percent, 100),
    line.material_id, line.input_sku_id, line.by_product_sku_id, line.quantity, line.unit, line.unit_quantity,
    line.scrap_percent, line.cost_share_percent, line.stock_quantity,
    material.material_code, material.name, input.sku_code, input.name, besides.sku_code, besides.name
FROM (
    SELECT org_id, sku_id, 0 AS kind, position, material_id, input_sku_id, NULL::uuid AS by_product_sku_id,
        CASE WHEN unit IS NULL THEN quantity END AS quantity, unit, unit_quantity, scrap_percent,
        NULL::numeric AS cost_share_percent, quantity AS stock_quantity
    FROM bom_item WHERE org_id = %s AND sku_id = ANY(%s::uuid[])
    UNION ALL
    SELECT org_id, sku_id, 1, position, NULL, NULL, by_product_sku_id, quantity, NULL, NULL, NULL, cost_share_percent,
        quantity
    FROM bom_by_product WHERE org_id = %s AND sku_id = ANY(%s::uuid[])
) AS line
LEFT JOIN bom_header AS header ON header.org_id = line.org_id AND header.id = line.sku_id
LEFT JOIN material ON material.org_id = line.org_id AND material.id = line.material_id
LEFT JOIN sku AS input ON input.org_id = line.org_id AND input.id = line.input_sku_id
LEFT JOIN sku AS besides ON besides.org_id = line.org_id AND besides.id = line.by_product_sku_id
ORDER BY line.sku_id, line.kind, line.position
"""


def of_skus(ids: Sequence[str], *, with_names: bool) -> dict[str, Any]:
    """The BOMs, as `BomWithLines`, of these SKUs, by the SKU: one statement."""
    found: dict[str, Any] = {}
    for id, batch_size, yield_percent, *values in db.rows(_LINES, (current().org_id, list(ids)) * 2):
        head = {"outputSkuId": id, "batchSize": batch_size, "yieldPercent": yield_percent, "lines": []}
        bom = found.setdefault(id, head)
        line = dict(zip(_KEYS, values, strict=False))
        if with_names:
            line.update(zip(_NAMES, values[len(_KEYS) :], strict=True))
        bom["lines"].append(line)
    return found
