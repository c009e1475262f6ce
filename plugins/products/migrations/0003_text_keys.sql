-- Unique in whatever letter case, width and form (docs/adr/0023).
CALL make_unique_text('sku_type', 'name', 'sku_type_name_key');
CALL make_unique_text('sku', 'sku_code', 'sku_code_key');
CALL make_unique_text('sku', 'qbo_id', 'sku_qbo_id_key');
