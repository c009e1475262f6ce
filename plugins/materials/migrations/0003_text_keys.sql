-- Unique in whatever letter case, width and form (docs/adr/0023).
CALL make_unique_text('material_type', 'name', 'material_type_name_key');
CALL make_unique_text('material', 'material_code', 'material_code_key');
