-- Mails to those who run an organization, about something that the server has done: see plugins/platform/outbox.py.
-- Not in outgoing_mail: servers of before find no invitation there, and would send nothing that is behind such a mail.
-- old servers work: because none of them knows this table.
CREATE TABLE outgoing_notice (
    org_id uuid NOT NULL,
    id uuid NOT NULL,
    -- Who gets it. The address is read when it is sent.
    user_id uuid NOT NULL,
    subject varchar(500) NOT NULL,
    text varchar(10000) NOT NULL,
    -- As in outgoing_mail.
    due_at timestamptz NOT NULL DEFAULT now(),
    attempts integer NOT NULL DEFAULT 0,
    sent_at timestamptz,
    failed_at timestamptz,
    error varchar(500),
    created_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (org_id, id),
    FOREIGN KEY (org_id, user_id) REFERENCES membership (org_id, user_id) ON DELETE CASCADE,
    CHECK (sent_at IS NULL OR failed_at IS NULL)
);
CREATE INDEX outgoing_notice_of_member ON outgoing_notice (org_id, user_id);
CREATE INDEX outgoing_notice_by_due_at ON outgoing_notice (due_at) WHERE sent_at IS NULL AND failed_at IS NULL;
CREATE INDEX outgoing_notice_by_end ON outgoing_notice (greatest(due_at, sent_at, failed_at));
CALL make_tenant_table('outgoing_notice');
CREATE POLICY platform ON outgoing_notice TO pharus_platform USING (true) WITH CHECK (true);
GRANT SELECT, INSERT, UPDATE, DELETE ON outgoing_notice TO pharus_platform;
