-- Unique in whatever letter case, width and form (docs/adr/0023).
CALL make_unique_text('order_channel', 'name', 'order_channel_name_key');
CALL make_unique_text('sales_order', 'qbo_id', 'sales_order_qbo_id_key');
