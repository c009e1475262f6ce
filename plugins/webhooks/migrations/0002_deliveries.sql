-- How far each endpoint has come in the log of events (docs/adr/0052): all up to this position was delivered, or is in
-- webhook_delivery.
-- old servers work: because none of them knows these tables.
CREATE TABLE webhook_progress (
    org_id uuid NOT NULL,
    endpoint_id uuid NOT NULL,
    transaction_id bigint NOT NULL,
    seq bigint NOT NULL DEFAULT 0,
    number integer NOT NULL DEFAULT 0,
    -- Nothing is sent before that.
    due_at timestamptz NOT NULL DEFAULT now(),
    -- Who is at it, and for how long nobody else may be.
    claim_id uuid,
    claimed_until timestamptz,
    -- How many requests in a row were not taken, and since when none was.
    failures integer NOT NULL DEFAULT 0,
    failing_since timestamptz,
    PRIMARY KEY (org_id, endpoint_id),
    FOREIGN KEY (org_id, endpoint_id) REFERENCES webhook_endpoint (org_id, id) ON DELETE CASCADE
);
CALL make_tenant_table('webhook_progress');
CALL log_no_events('webhook_progress');

-- Events that were not taken, and those behind them that wait for their turn: until they are taken, or given up.
CREATE TABLE webhook_delivery (
    org_id uuid NOT NULL,
    id uuid NOT NULL,
    endpoint_id uuid NOT NULL,
    event_id uuid NOT NULL,
    event_type varchar(100) NOT NULL,
    record_id uuid NOT NULL,
    -- What the record belongs to, or itself: its events keep their order.
    subject_id uuid NOT NULL,
    -- The position in the log.
    transaction_id bigint NOT NULL,
    seq bigint NOT NULL,
    number integer NOT NULL,
    payload text NOT NULL,
    attempts integer NOT NULL DEFAULT 0,
    -- What became of the last attempt.
    status_code integer,
    error varchar(500),
    -- NULL: others of its subject come before it.
    due_at timestamptz,
    gave_up_at timestamptz,
    created_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (org_id, id),
    FOREIGN KEY (org_id, endpoint_id) REFERENCES webhook_endpoint (org_id, id) ON DELETE CASCADE
);
CREATE UNIQUE INDEX webhook_delivery_event_key ON webhook_delivery (org_id, endpoint_id, event_id);
CREATE INDEX webhook_delivery_waiting ON webhook_delivery (org_id, endpoint_id, due_at) WHERE gave_up_at IS NULL;
CREATE INDEX webhook_delivery_of_subject ON webhook_delivery (org_id, endpoint_id, subject_id, transaction_id, seq, number)
    WHERE gave_up_at IS NULL;
CREATE INDEX webhook_delivery_of_endpoint ON webhook_delivery (org_id, endpoint_id, id);
CREATE INDEX webhook_delivery_by_end ON webhook_delivery (gave_up_at);
CALL make_tenant_table('webhook_delivery');
CALL log_no_events('webhook_delivery');

-- Each request that was sent, and what was answered. Some time later it goes.
CREATE TABLE webhook_attempt (
    org_id uuid NOT NULL,
    id uuid NOT NULL,
    endpoint_id uuid NOT NULL,
    event_id uuid NOT NULL,
    event_type varchar(100) NOT NULL,
    record_id uuid NOT NULL,
    transaction_id bigint NOT NULL,
    seq bigint NOT NULL,
    number integer NOT NULL,
    -- The how manieth it was of this event.
    attempt integer NOT NULL,
    is_delivered boolean NOT NULL,
    status_code integer,
    -- Why there is no answer.
    error varchar(500),
    -- How the answer begins.
    response varchar(1000),
    duration_ms integer NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (org_id, id),
    FOREIGN KEY (org_id, endpoint_id) REFERENCES webhook_endpoint (org_id, id) ON DELETE CASCADE
);
CREATE INDEX webhook_attempt_of_endpoint ON webhook_attempt (org_id, endpoint_id, id);
CREATE INDEX webhook_attempt_of_event ON webhook_attempt (org_id, endpoint_id, event_id, id);
CREATE INDEX webhook_attempt_by_end ON webhook_attempt (created_at);
CALL make_tenant_table('webhook_attempt');
CALL log_no_events('webhook_attempt');

-- Parts of the log that are to be sent once more: what is behind the first position, up to the last one.
CREATE TABLE webhook_replay (
    org_id uuid NOT NULL,
    id uuid NOT NULL,
    endpoint_id uuid NOT NULL,
    transaction_id bigint NOT NULL,
    seq bigint NOT NULL,
    number integer NOT NULL,
    last_transaction_id bigint NOT NULL,
    last_seq bigint NOT NULL,
    last_number integer NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (org_id, id),
    FOREIGN KEY (org_id, endpoint_id) REFERENCES webhook_endpoint (org_id, id) ON DELETE CASCADE
);
CREATE INDEX webhook_replay_of_endpoint ON webhook_replay (org_id, endpoint_id, id);
CALL make_tenant_table('webhook_replay');
CALL log_no_events('webhook_replay');

-- What has something to be sent is asked for in all organizations, as the role that looks across them; what it is, only
-- inside of one. So that role sees of the log which transactions are in it, and nothing else.
CREATE POLICY platform ON webhook_endpoint FOR SELECT TO pharus_platform USING (true);
GRANT SELECT (org_id, id, is_active) ON webhook_endpoint TO pharus_platform;
CREATE POLICY platform ON webhook_progress TO pharus_platform USING (true) WITH CHECK (true);
GRANT SELECT, UPDATE ON webhook_progress TO pharus_platform;
CREATE POLICY platform ON webhook_delivery TO pharus_platform USING (true) WITH CHECK (true);
GRANT SELECT (ctid, org_id, endpoint_id, due_at, gave_up_at), UPDATE (gave_up_at), DELETE
    ON webhook_delivery TO pharus_platform;
CREATE POLICY platform ON webhook_attempt TO pharus_platform USING (true) WITH CHECK (true);
GRANT SELECT (ctid, org_id, created_at), UPDATE (created_at), DELETE ON webhook_attempt TO pharus_platform;
CREATE POLICY platform ON webhook_replay FOR SELECT TO pharus_platform USING (true);
GRANT SELECT (org_id, endpoint_id) ON webhook_replay TO pharus_platform;
CREATE POLICY platform ON event FOR SELECT TO pharus_platform USING (true);
GRANT SELECT (org_id, transaction_id, seq) ON event TO pharus_platform;

-- Endpoints that were made before.
INSERT INTO webhook_progress (org_id, endpoint_id, transaction_id)
SELECT org_id, id, event_horizon() FROM webhook_endpoint;
