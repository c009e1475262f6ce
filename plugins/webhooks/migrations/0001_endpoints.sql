CREATE TABLE webhook_endpoint (
    org_id uuid NOT NULL,
    id uuid NOT NULL,
    url varchar(2048) NOT NULL,
    description varchar(1000),
    -- `sales_order.shipped`, `sales_order.*`, or `*` for all.
    event_types text[] NOT NULL,
    is_active boolean NOT NULL DEFAULT true,
    -- When the server gave up sending, because nothing arrived for days.
    paused_at timestamptz,
    -- What the secrets follow from that requests are signed with (plugins/webhooks/signing.py): they are not stored. Of
    -- the one before the last there is one until its time is over.
    secret_id uuid NOT NULL,
    previous_secret_id uuid,
    previous_secret_ends_at timestamptz,
    rotated_at timestamptz,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (org_id, id),
    CHECK ((previous_secret_id IS NULL) = (previous_secret_ends_at IS NULL))
);
CALL make_tenant_table('webhook_endpoint');
CALL log_events('webhook_endpoint', '{url,description,event_types,is_active,paused_at,rotated_at}');
