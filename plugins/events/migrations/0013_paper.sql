CALL log_events('organization_settings');
CALL log_events('location');
CALL log_events('purchase_order', status => 'status');
CALL log_events('purchase_order_item');
CALL log_events('sales_order', status => 'order_status');
