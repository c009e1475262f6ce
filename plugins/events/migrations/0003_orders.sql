CALL log_events('purchase_order', status => 'status');
CALL log_events('purchase_order_item');
CALL log_events('purchase_order_receipt');
CALL log_events('purchase_order_receipt_item');
CALL log_events('purchase_order_cost_change');
CALL log_events('purchase_order_cost_change_item');
CALL log_events('work_order', status => 'status');
CALL log_events('work_order_item');
CALL log_events('work_order_input');
CALL log_events('work_order_receipt');
CALL log_events('work_order_receipt_item');
CALL log_events('production_order', status => 'status');
CALL log_events('production_order_item');
CALL log_events('production_order_input');
CALL log_events('production_order_receipt');
CALL log_events('production_order_receipt_item');
CALL log_events('order_channel');
CALL log_events('sales_order', status => 'order_status');
CALL log_events('sales_order_item');
CALL log_events('timeline_note');
-- Before its file is stored, nobody is shown a document.
CALL log_events(
    'document', '{sales_order_id,purchase_order_id,work_order_id,name,mime_type,size_bytes}', 'entity_id',
    'r.entity_type', shown => 'is_stored'
);
