-- A user who was deleted, and whose row goes later: see plugins/platform/users.py.
ALTER TABLE app_user ADD COLUMN purge_requested_at timestamptz;
CREATE INDEX app_user_to_purge ON app_user (id) WHERE purge_requested_at IS NOT NULL;
