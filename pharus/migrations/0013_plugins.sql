-- old servers work: because none of them knows these tables.

-- What an organization has set for a plugin, as its document describes it (pharus/plugin_settings.py).
CREATE TABLE plugin_setting (
    org_id uuid NOT NULL,
    plugin varchar(24) NOT NULL,
    value jsonb NOT NULL,
    updated_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (org_id, plugin)
);
CALL make_tenant_table('plugin_setting');

-- The jobs of plugins, of each organization (pharus/job_queue.py): one row for each that is on a schedule, and one for
-- each that was asked for, until it is done.
CREATE TABLE plugin_job (
    org_id uuid NOT NULL,
    id uuid NOT NULL,
    plugin varchar(24) NOT NULL,
    name varchar(60) NOT NULL,
    -- The schedule and the time zone from which due_at follows; NULL for one that was asked for.
    schedule varchar(200),
    argument jsonb,
    -- NULL: it was given up.
    due_at timestamptz,
    -- How often it was begun since it was done, or given up, the last time.
    attempts integer NOT NULL DEFAULT 0,
    -- Who is at it, and for how long nobody else may be.
    claim_id uuid,
    claimed_until timestamptz,
    -- What became of the last attempt.
    started_at timestamptz,
    finished_at timestamptz,
    outcome varchar(10) CHECK (outcome IN ('done', 'failed', 'given up')),
    error varchar(500),
    created_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (org_id, id)
);
CREATE UNIQUE INDEX plugin_job_scheduled_key ON plugin_job (org_id, plugin, name) WHERE schedule IS NOT NULL;
CREATE INDEX plugin_job_due ON plugin_job (due_at) WHERE due_at IS NOT NULL;
CALL make_tenant_table('plugin_job');

-- Which jobs of all organizations are due is looked for outside of any of them.
CREATE POLICY platform ON plugin_job TO pharus_platform USING (true) WITH CHECK (true);
GRANT SELECT, INSERT, UPDATE, DELETE ON plugin_job TO pharus_platform;
