-- A page in the order of writing ends in the middle of what was written at one moment (docs/adr/0040). They take the
-- place of the indexes without the id.
CREATE INDEX IF NOT EXISTS materials_ledger_entry_by_creation ON materials_ledger_entry (org_id, created_at, id);
CREATE INDEX IF NOT EXISTS finished_goods_ledger_entry_by_creation
    ON finished_goods_ledger_entry (org_id, created_at, id);
DROP INDEX materials_ledger_entry_org_id_created_at_idx;
DROP INDEX finished_goods_ledger_entry_org_id_created_at_idx;
