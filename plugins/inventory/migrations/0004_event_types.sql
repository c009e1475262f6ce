-- What happened seldom is listed without passing over everything else.
CREATE INDEX IF NOT EXISTS materials_ledger_entry_by_event_type
    ON materials_ledger_entry (org_id, event_type, event_date DESC, id DESC);
CREATE INDEX IF NOT EXISTS finished_goods_ledger_entry_by_event_type
    ON finished_goods_ledger_entry (org_id, event_type, event_date DESC, id DESC);
