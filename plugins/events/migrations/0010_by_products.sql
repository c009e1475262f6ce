-- They are parts of the SKU that the BOM is for.
CALL log_events('bom_header', NULL, 'id', '''sku''');
CALL log_events('bom_by_product', NULL, 'sku_id', '''sku''');
