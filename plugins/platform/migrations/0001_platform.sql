-- Users, memberships, invitations and tokens. Requests inside an organization see what belongs to it; what reaches
-- across organizations (who am I, which invitation does this token name) runs as pharus_platform.

CREATE TABLE app_user (
    id uuid PRIMARY KEY,
    firebase_uid varchar(128) NOT NULL,
    email varchar(320) NOT NULL,
    display_name varchar(255),
    is_active boolean NOT NULL DEFAULT true,
    last_login_at timestamptz,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now()
);
CREATE UNIQUE INDEX app_user_firebase_uid_key ON app_user (firebase_uid);

CREATE TABLE organization_settings (
    org_id uuid PRIMARY KEY,
    legal_name varchar(255),
    address varchar(10000),
    city varchar(150),
    state varchar(100),
    country varchar(2),
    zip_code varchar(20),
    logo_url varchar(2048),
    contact_email varchar(320),
    contact_phone varchar(50),
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now()
);
CALL make_tenant_table('organization_settings');

CREATE TABLE membership (
    org_id uuid NOT NULL,
    id uuid NOT NULL,
    user_id uuid NOT NULL REFERENCES app_user (id) ON DELETE CASCADE,
    role varchar(10) NOT NULL CHECK (role IN ('owner', 'admin', 'member', 'viewer')),
    is_active boolean NOT NULL DEFAULT true,
    joined_at timestamptz NOT NULL DEFAULT now(),
    last_active_at timestamptz,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (org_id, id)
);
CREATE UNIQUE INDEX membership_user_id_key ON membership (org_id, user_id);
-- Which organizations does a user belong to: asked without an organization.
CREATE INDEX membership_of_user ON membership (user_id);
CALL make_tenant_table('membership');

CREATE TABLE invitation (
    org_id uuid NOT NULL,
    id uuid NOT NULL,
    invited_by uuid REFERENCES app_user (id) ON DELETE SET NULL,
    email varchar(320) NOT NULL,
    role varchar(10) NOT NULL CHECK (role IN ('admin', 'member', 'viewer')),
    token varchar(128) NOT NULL,
    expires_at timestamptz NOT NULL,
    accepted_at timestamptz,
    revoked_at timestamptz,
    created_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (org_id, id)
);
-- The token alone names the invitation: whoever looks it up does not know the organization yet.
CREATE UNIQUE INDEX invitation_token_key ON invitation (token);
-- Declining names an invitation without an organization, too.
CREATE UNIQUE INDEX invitation_id_key ON invitation (id);
CREATE UNIQUE INDEX invitation_email_key ON invitation (org_id, email) WHERE accepted_at IS NULL AND revoked_at IS NULL;
-- Deleting a user looks for what they have sent.
CREATE INDEX invitation_of_sender ON invitation (invited_by);
CREATE INDEX invitation_of_email ON invitation (email) WHERE accepted_at IS NULL AND revoked_at IS NULL;
CALL make_tenant_table('invitation');

-- A token is known before its organization is: only pharus_platform reads this table.
CREATE TABLE api_token (
    org_id uuid NOT NULL,
    id uuid NOT NULL,
    user_id uuid NOT NULL REFERENCES app_user (id) ON DELETE CASCADE,
    name varchar(255) NOT NULL,
    token_prefix varchar(12) NOT NULL,
    token_hash bytea NOT NULL,
    last_used_at timestamptz,
    expires_at timestamptz,
    revoked_at timestamptz,
    created_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (org_id, id)
);
CREATE UNIQUE INDEX api_token_token_hash_key ON api_token (token_hash);
CREATE INDEX api_token_of_user ON api_token (user_id);
CALL make_tenant_table('api_token');
REVOKE ALL ON api_token FROM pharus_app;

ALTER TABLE app_user ENABLE ROW LEVEL SECURITY;
ALTER TABLE app_user FORCE ROW LEVEL SECURITY;
-- Inside an organization its members can be seen, and nobody else.
CREATE POLICY members ON app_user FOR SELECT TO pharus_app
    USING (EXISTS (SELECT FROM membership WHERE membership.org_id = current_org() AND membership.user_id = app_user.id));
GRANT SELECT ON app_user TO pharus_app;

CREATE POLICY platform ON app_user TO pharus_platform USING (true) WITH CHECK (true);
CREATE POLICY platform ON organization_settings TO pharus_platform USING (true) WITH CHECK (true);
CREATE POLICY platform ON membership TO pharus_platform USING (true) WITH CHECK (true);
CREATE POLICY platform ON invitation TO pharus_platform USING (true) WITH CHECK (true);
CREATE POLICY platform ON api_token TO pharus_platform USING (true) WITH CHECK (true);
GRANT SELECT, INSERT, UPDATE, DELETE ON app_user, organization_settings, membership, invitation, api_token TO pharus_platform;
