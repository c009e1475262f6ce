-- The caller's own name of a receipt: the same delivery is not booked twice.
ALTER TABLE purchase_order_receipt ADD COLUMN external_id varchar(255);
CREATE UNIQUE INDEX purchase_order_receipt_external_id_key ON purchase_order_receipt (org_id, external_id)
    WHERE external_id IS NOT NULL;
