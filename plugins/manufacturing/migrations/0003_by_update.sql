-- What was changed since a moment, and the list in the order of changes (docs/adr/0040).
CREATE INDEX IF NOT EXISTS work_order_by_update ON work_order (org_id, updated_at, id);
-- A page in the order of the days ends in the middle of one. It takes the place of the index without the id.
CREATE INDEX IF NOT EXISTS work_order_by_day ON work_order (org_id, order_date, id);
DROP INDEX work_order_by_date;
CREATE INDEX IF NOT EXISTS production_order_by_update ON production_order (org_id, updated_at, id);
-- A page in the order of the days ends in the middle of one. It takes the place of the index without the id.
CREATE INDEX IF NOT EXISTS production_order_by_day ON production_order (org_id, order_date, id);
DROP INDEX production_order_by_date;
