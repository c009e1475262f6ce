-- What was on hand when the organization came here: is it written already, of this item at this place?
CREATE INDEX IF NOT EXISTS materials_ledger_entry_of_opening
    ON materials_ledger_entry (org_id, item_id, location_id) WHERE source_type = 'opening';
CREATE INDEX IF NOT EXISTS finished_goods_ledger_entry_of_opening
    ON finished_goods_ledger_entry (org_id, item_id, location_id) WHERE source_type = 'opening';
