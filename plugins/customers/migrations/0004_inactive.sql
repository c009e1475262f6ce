-- The deactivated ones are few, and a list of them alone is read without passing over all others.
CREATE INDEX customer_inactive ON customer (org_id, sort_key, id) WHERE NOT is_active;
