-- The caller's own name of a movement by hand; a second one of this name is refused.
ALTER TABLE materials_ledger_entry ADD COLUMN external_id varchar(255);
CREATE UNIQUE INDEX IF NOT EXISTS materials_ledger_entry_external_id_key
    ON materials_ledger_entry (org_id, external_id) WHERE external_id IS NOT NULL;
ALTER TABLE finished_goods_ledger_entry ADD COLUMN external_id varchar(255);
CREATE UNIQUE INDEX IF NOT EXISTS finished_goods_ledger_entry_external_id_key
    ON finished_goods_ledger_entry (org_id, external_id) WHERE external_id IS NOT NULL;
