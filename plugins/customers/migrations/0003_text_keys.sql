-- Unique in whatever letter case, width and form (docs/adr/0023).
CALL make_unique_text('customer_type', 'name', 'customer_type_name_key');
CALL make_unique_text('customer_segment', 'name', 'customer_segment_name_key');
CALL make_unique_text('broker', 'name', 'broker_name_key');
CALL make_unique_text('customer', 'qbo_id', 'customer_qbo_id_key');
