-- The caller's own name of a receipt: what was made is not booked twice.
ALTER TABLE work_order_receipt ADD COLUMN external_id varchar(255);
CREATE UNIQUE INDEX work_order_receipt_external_id_key ON work_order_receipt (org_id, external_id)
    WHERE external_id IS NOT NULL;
ALTER TABLE production_order_receipt ADD COLUMN external_id varchar(255);
CREATE UNIQUE INDEX production_order_receipt_external_id_key ON production_order_receipt (org_id, external_id)
    WHERE external_id IS NOT NULL;
