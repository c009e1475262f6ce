-- What was changed since a moment, and the list in the order of changes (docs/adr/0040).
CREATE INDEX IF NOT EXISTS material_by_update ON material (org_id, updated_at, id);
