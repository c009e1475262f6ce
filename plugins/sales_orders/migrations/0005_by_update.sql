-- What was changed since a moment, and the list in the order of changes (docs/adr/0040).
CREATE INDEX IF NOT EXISTS sales_order_by_update ON sales_order (org_id, updated_at, id);
-- A page in the order of the days ends in the middle of one. It takes the place of the index without the id.
CREATE INDEX IF NOT EXISTS sales_order_by_day ON sales_order (org_id, placed_at, id);
DROP INDEX sales_order_by_date;
CREATE INDEX IF NOT EXISTS timeline_note_by_creation ON timeline_note (org_id, sales_order_id, created_at, id);
