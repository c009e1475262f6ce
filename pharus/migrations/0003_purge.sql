-- Organizations that were deleted are out of sight at once; their rows go in bounded steps afterwards.
ALTER TABLE organization ADD COLUMN purge_requested_at timestamptz;
CREATE INDEX organization_to_purge ON organization (purge_requested_at) WHERE purge_requested_at IS NOT NULL;

-- A request inside an organization changes what people call it, and nothing else: neither whether it is active nor
-- whether it is to be purged.
REVOKE UPDATE ON organization FROM pharus_app;
GRANT UPDATE (name, slug, updated_at) ON organization TO pharus_app;

-- The steps run as a third role, which deletes the rows of an organization that was deleted, and reaches no other row.
DO $$
BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'pharus_purge') THEN
        BEGIN
            CREATE ROLE pharus_purge NOLOGIN;
        EXCEPTION WHEN duplicate_object OR unique_violation THEN
            NULL;
        END;
    END IF;
    IF NOT pg_has_role(current_user, 'pharus_purge', 'MEMBER') THEN
        GRANT pharus_purge TO CURRENT_USER;
    END IF;
    GRANT USAGE ON SCHEMA public TO pharus_purge;
END $$;

-- The organization that the transaction acts in, if it is to be purged, else NULL.
CREATE FUNCTION purged_org() RETURNS uuid
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp
    RETURN (SELECT id FROM organization WHERE id = current_org() AND purge_requested_at IS NOT NULL);

CREATE PROCEDURE make_purgeable(name regclass)
    LANGUAGE plpgsql AS $$
BEGIN
    EXECUTE format('CREATE POLICY purge ON %s TO pharus_purge USING (org_id = (SELECT purged_org()))', name);
    EXECUTE format('GRANT SELECT, DELETE ON %s TO pharus_purge', name);
END $$;

-- The same as before, and purgeable.
CREATE OR REPLACE PROCEDURE make_tenant_table(name regclass)
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
    CALL make_purgeable(name);
END $$;

-- The tables that are there already, those of plugins among them.
DO $$
DECLARE
    name regclass;
BEGIN
    FOR name IN
        SELECT conrelid::regclass FROM pg_constraint
        WHERE contype = 'f' AND confrelid = 'organization'::regclass AND confdeltype = 'c'
    LOOP
        CALL make_purgeable(name);
    END LOOP;
END $$;

-- Append-only still means that a row goes only with its whole organization: once that is gone, or is to be purged.
CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    IF TG_OP = 'DELETE' AND NOT EXISTS (
        SELECT FROM organization WHERE id = OLD.org_id AND purge_requested_at IS NULL
    ) THEN
        RETURN OLD;
    END IF;
    RAISE EXCEPTION '% is append-only: % refused', TG_TABLE_NAME, TG_OP USING ERRCODE = 'restrict_violation';
END $$;
