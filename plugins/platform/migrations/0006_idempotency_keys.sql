-- What was answered under an Idempotency-Key: see plugins/platform/idempotency.py. A key is looked for before its
-- organization is entered, by the digest of caller, organization and key: only pharus_platform reaches this table.
-- old servers work: because none of them knows the table, nor the right to it that is taken below.
CREATE TABLE idempotency_key (
    digest bytea PRIMARY KEY,
    -- NULL for a request of no organization, and for one that has changed what its caller is in the organization.
    org_id uuid,
    operation varchar(255) NOT NULL,
    -- SHA-256 of what was asked.
    fingerprint bytea NOT NULL,
    -- The process that carries it out, until the part of it that comes behind the commit is done.
    attempt uuid NOT NULL,
    -- NULL until then.
    status smallint,
    -- Encrypted by a secret that only the key itself completes. NULL: the response was a file, which is not kept.
    body bytea,
    created_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX idempotency_key_of_organization ON idempotency_key (org_id);
-- What has been kept long enough is deleted in all organizations: plugins/platform/retention.py.
CREATE INDEX idempotency_key_by_created_at ON idempotency_key (created_at);
CALL make_tenant_table('idempotency_key');
REVOKE ALL ON idempotency_key FROM pharus_app;
CREATE POLICY platform ON idempotency_key TO pharus_platform USING (true) WITH CHECK (true);
GRANT SELECT, INSERT, UPDATE, DELETE ON idempotency_key TO pharus_platform;
