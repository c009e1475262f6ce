-- Unique in whatever letter case, width and form (docs/adr/0023).
CALL make_unique_text('location', 'name', 'location_name_key');
