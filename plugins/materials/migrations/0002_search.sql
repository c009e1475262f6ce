-- `q` finds a part of these through an index: docs/adr/0021.
CALL make_searchable('material', 'material_code', 'name');
