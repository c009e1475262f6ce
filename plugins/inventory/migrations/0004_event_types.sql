-- What happened seldom is listed without passing over everything else.
CREATE INDEX ON materials_ledger_entry (org_id, event_type, event_date DESC, id DESC);
CREATE INDEX ON finished_goods_ledger_entry (org_id, event_type, event_date DESC, id DESC);
