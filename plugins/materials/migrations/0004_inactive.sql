-- The deactivated ones are few, and a list of them alone is read without passing over all others.
CREATE INDEX material_inactive ON material (org_id, sort_key, id) WHERE NOT is_active;
