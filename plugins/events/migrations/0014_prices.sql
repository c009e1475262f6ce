-- A price is a part of what it is the price at, or of: who looks at the vendor or the SKU sees what became of its prices.
CALL log_events('supplier_price', NULL, 'vendor_id', '''vendor''');
CALL log_events('customer_price', NULL, 'sku_id', '''sku''');
