-- Recalls of lots, real ones and exercises, with the lots that each reached and what these were before (docs/adr/0067).
CREATE TABLE lot_recall (
    org_id uuid NOT NULL,
    id uuid NOT NULL,
    lot_id uuid NOT NULL,
    is_mock boolean NOT NULL,
    reason varchar(1000) NOT NULL,
    lot_count integer NOT NULL,
    -- From the request to the report.
    milliseconds integer NOT NULL,
    recalled_by uuid,
    created_at timestamptz NOT NULL,
    PRIMARY KEY (org_id, id),
    FOREIGN KEY (org_id, lot_id) REFERENCES lot (org_id, id)
);
CREATE INDEX lot_recall_of_lot ON lot_recall (org_id, lot_id, id);
CALL make_tenant_table('lot_recall');

CREATE TABLE lot_recall_lot (
    org_id uuid NOT NULL,
    recall_id uuid NOT NULL,
    lot_id uuid NOT NULL,
    level integer NOT NULL,
    status_before varchar(20) NOT NULL,
    PRIMARY KEY (org_id, recall_id, lot_id),
    FOREIGN KEY (org_id, recall_id) REFERENCES lot_recall (org_id, id) ON DELETE CASCADE,
    FOREIGN KEY (org_id, lot_id) REFERENCES lot (org_id, id)
);
CREATE INDEX lot_recall_lot_of_lot ON lot_recall_lot (org_id, lot_id);
CALL make_tenant_table('lot_recall_lot');

-- Whose lots have expired without having been told so: the sweep asks for all organizations at once.
CREATE INDEX IF NOT EXISTS lot_to_expire ON lot (greatest(best_before, allowed_until))
    WHERE expired_at IS NULL AND best_before IS NOT NULL;
CREATE POLICY platform ON lot FOR SELECT TO pharus_platform USING (true);
GRANT SELECT (org_id, best_before, allowed_until, expired_at) ON lot TO pharus_platform;
