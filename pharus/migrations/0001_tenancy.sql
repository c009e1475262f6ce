-- Tenancy: two roles, the organizations, and the functions that every tenant table is made with.

-- Requests run as one of two roles, never as the owner of the tables. pharus_app sees the rows of the organization
-- that is set; pharus_platform reaches users, memberships, invitations and tokens. Roles belong to the whole server, so
-- another database may have made them already.
DO $$
DECLARE
    role_name text;
BEGIN
    FOREACH role_name IN ARRAY ARRAY['pharus_app', 'pharus_platform'] LOOP
        IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = role_name) THEN
            BEGIN
                EXECUTE format('CREATE ROLE %I NOLOGIN', role_name);
            EXCEPTION WHEN duplicate_object OR unique_violation THEN
                NULL;
            END;
        END IF;
        IF NOT pg_has_role(current_user, role_name, 'MEMBER') THEN
            EXECUTE format('GRANT %I TO CURRENT_USER', role_name);
        END IF;
        EXECUTE format('GRANT USAGE ON SCHEMA public TO %I', role_name);
    END LOOP;
END $$;

-- The organization that the transaction acts in; NULL when none is set, and then no row of any tenant is visible.
CREATE FUNCTION current_org() RETURNS uuid
    LANGUAGE sql STABLE PARALLEL SAFE
    RETURN nullif(current_setting('pharus.org_id', true), '')::uuid;

CREATE TABLE organization (
    id uuid PRIMARY KEY,
    name varchar(255) NOT NULL,
    slug varchar(63) NOT NULL,
    is_active boolean NOT NULL DEFAULT true,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now()
);
CREATE UNIQUE INDEX organization_slug_key ON organization (slug);
ALTER TABLE organization ENABLE ROW LEVEL SECURITY;
CREATE POLICY own ON organization TO pharus_app USING (id = current_org());
CREATE POLICY platform ON organization TO pharus_platform USING (true) WITH CHECK (true);
GRANT SELECT, UPDATE ON organization TO pharus_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON organization TO pharus_platform;

-- Every table of a tenant calls this once. The rows go with their organization; nobody but the organization sees
-- them, not even the owner of the table. Composite keys (org_id, id) are the table's own business.
CREATE PROCEDURE make_tenant_table(name regclass)
    LANGUAGE plpgsql AS $$
BEGIN
    EXECUTE format('ALTER TABLE %s ADD FOREIGN KEY (org_id) REFERENCES organization (id) ON DELETE CASCADE', name);
    EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', name);
    EXECUTE format('ALTER TABLE %s FORCE ROW LEVEL SECURITY', name);
    EXECUTE format(
        'CREATE POLICY tenant ON %s TO pharus_app USING (org_id = current_org()) WITH CHECK (org_id = current_org())',
        name
    );
    EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %s TO pharus_app', name);
END $$;

-- An append-only table calls this as well. A row can be deleted only together with its whole organization: by then the
-- organization's own row is gone. The function runs as its owner, because the caller may see no organization at all.
CREATE FUNCTION refuse_change() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    IF TG_OP = 'DELETE' AND NOT EXISTS (SELECT FROM organization WHERE id = OLD.org_id) THEN
        RETURN OLD;
    END IF;
    RAISE EXCEPTION '% is append-only: % refused', TG_TABLE_NAME, TG_OP USING ERRCODE = 'restrict_violation';
END $$;

CREATE PROCEDURE make_append_only(name regclass)
    LANGUAGE plpgsql AS $$
BEGIN
    EXECUTE format('REVOKE UPDATE, DELETE, TRUNCATE ON %s FROM pharus_app', name);
    EXECUTE format(
        'CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON %s FOR EACH ROW EXECUTE FUNCTION refuse_change()', name
    );
    EXECUTE format(
        'CREATE TRIGGER never_truncated BEFORE TRUNCATE ON %s FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()', name
    );
    EXECUTE format('ALTER TABLE %s ENABLE ALWAYS TRIGGER append_only', name);
    EXECUTE format('ALTER TABLE %s ENABLE ALWAYS TRIGGER never_truncated', name);
END $$;

-- Numbers of orders and codes of ledger rows: the last one given, per organization, kind and calendar year.
CREATE TABLE number_sequence (
    org_id uuid NOT NULL,
    kind varchar(20) NOT NULL,
    year integer NOT NULL,
    last bigint NOT NULL,
    PRIMARY KEY (org_id, kind, year)
);
CALL make_tenant_table('number_sequence');

-- Requests counted per address, for operations that must not be guessed at.
CREATE UNLOGGED TABLE rate_limit (
    key varchar(200) NOT NULL,
    window_start timestamptz NOT NULL,
    requests integer NOT NULL,
    PRIMARY KEY (key, window_start)
);
CREATE INDEX ON rate_limit (window_start);
GRANT SELECT, INSERT, UPDATE, DELETE ON rate_limit TO pharus_platform;

-- What this installation signs with (cursors, links). Made once, the same for every process and machine.
CREATE TABLE installation (
    singleton boolean PRIMARY KEY DEFAULT true CHECK (singleton),
    secret bytea NOT NULL DEFAULT decode(
        replace(gen_random_uuid()::text || gen_random_uuid()::text, '-', ''), 'hex'
    )
);
INSERT INTO installation DEFAULT VALUES;
CREATE FUNCTION installation_secret() RETURNS bytea
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp
    RETURN (SELECT secret FROM installation);
REVOKE EXECUTE ON FUNCTION installation_secret FROM PUBLIC;
GRANT EXECUTE ON FUNCTION installation_secret TO pharus_app, pharus_platform;

-- Readiness compares what was applied with what the files say.
GRANT SELECT ON schema_migration TO pharus_platform;
