-- The unit of a price, and what a shipment or a return says in that of its line.
CALL log_events('supplier_price', NULL, 'vendor_id', '''vendor''');
CALL log_events('customer_price', NULL, 'sku_id', '''sku''');
CALL log_events('sales_order_shipment_item');
CALL log_events('sales_order_return_item');
