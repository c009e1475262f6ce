CALL log_events('material_type');
CALL log_events('material');
CALL log_events('sku_type');
CALL log_events('sku');
CALL log_events('bom_item', NULL, 'sku_id', '''sku''');
-- An entry is never changed, so that the log need not have it a second time: its event shows it as it is.
CALL log_events('materials_ledger_entry', '{}');
CALL log_events('finished_goods_ledger_entry', '{}');
