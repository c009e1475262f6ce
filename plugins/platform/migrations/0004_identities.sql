-- When the identity provider is to be asked again whether it still knows the person: see plugins/platform/identities.py.
ALTER TABLE app_user ADD COLUMN identity_check_due_at timestamptz NOT NULL DEFAULT now();
CREATE INDEX app_user_by_identity_check ON app_user (identity_check_due_at);

-- Identities of deleted users, which are to be deleted at the provider as well. They outlive the user.
CREATE TABLE identity_removal (
    uid varchar(128) PRIMARY KEY,
    due_at timestamptz NOT NULL DEFAULT now(),
    attempts integer NOT NULL DEFAULT 0
);
CREATE INDEX identity_removal_by_due_at ON identity_removal (due_at);
ALTER TABLE identity_removal ENABLE ROW LEVEL SECURITY;
ALTER TABLE identity_removal FORCE ROW LEVEL SECURITY;
CREATE POLICY platform ON identity_removal TO pharus_platform USING (true) WITH CHECK (true);
GRANT SELECT, INSERT, UPDATE, DELETE ON identity_removal TO pharus_platform;
