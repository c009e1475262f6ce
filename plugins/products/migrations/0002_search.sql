-- `q` finds a part of these through an index: docs/adr/0021.
CALL make_searchable('sku', 'sku_code', 'name');
