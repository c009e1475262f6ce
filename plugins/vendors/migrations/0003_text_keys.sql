-- Unique in whatever letter case, width and form (docs/adr/0023).
CALL make_unique_text('vendor', 'qbo_id', 'vendor_qbo_id_key');
