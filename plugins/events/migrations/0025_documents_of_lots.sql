-- A document may be one of a lot.
CALL log_events(
    'document', '{sales_order_id,purchase_order_id,work_order_id,lot_id,name,mime_type,size_bytes}', 'entity_id',
    'r.entity_type', shown => 'is_stored'
);
