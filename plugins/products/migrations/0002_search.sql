-- `q` finds a part of these through an index: docs/adr/0023.
CALL make_searchable('sku', 'sku_code', 'name');
