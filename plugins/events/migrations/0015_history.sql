-- Whether an order is history, which its events say as well.
CALL log_events('purchase_order', status => 'status');
CALL log_events('work_order', status => 'status');
CALL log_events('production_order', status => 'status');
CALL log_events('sales_order', status => 'order_status');
