-- `q` finds a part of these through an index: docs/adr/0021.
CALL make_searchable('work_order', 'number');
CALL make_searchable('production_order', 'number');
