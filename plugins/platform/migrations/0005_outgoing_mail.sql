-- Mails of invitations, from the transaction that asks for them until they are no longer of interest: see
-- plugins/platform/outbox.py. Neither the token nor the link is kept: both follow from the invitation.
CREATE TABLE outgoing_mail (
    org_id uuid NOT NULL,
    id uuid NOT NULL,
    invitation_id uuid NOT NULL,
    -- Who invites, as the letter names them.
    inviter varchar(320) NOT NULL,
    -- When it is tried, or tried again.
    due_at timestamptz NOT NULL DEFAULT now(),
    attempts integer NOT NULL DEFAULT 0,
    sent_at timestamptz,
    failed_at timestamptz,
    -- What the last attempt met.
    error varchar(500),
    created_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (org_id, id),
    FOREIGN KEY (org_id, invitation_id) REFERENCES invitation (org_id, id) ON DELETE CASCADE,
    CHECK (sent_at IS NULL OR failed_at IS NULL)
);
CREATE INDEX outgoing_mail_of_invitation ON outgoing_mail (org_id, invitation_id);
-- What is due is asked for in all organizations, and so is what is no longer of interest.
CREATE INDEX outgoing_mail_by_due_at ON outgoing_mail (due_at) WHERE sent_at IS NULL AND failed_at IS NULL;
CREATE INDEX outgoing_mail_by_end ON outgoing_mail (greatest(due_at, sent_at, failed_at));
CALL make_tenant_table('outgoing_mail');
CREATE POLICY platform ON outgoing_mail TO pharus_platform USING (true) WITH CHECK (true);
GRANT SELECT, INSERT, UPDATE, DELETE ON outgoing_mail TO pharus_platform;

-- What is deleted some time after its end: plugins/platform/retention.py.
CREATE INDEX invitation_by_end ON invitation (coalesce(accepted_at, revoked_at, expires_at));
CREATE INDEX api_token_by_end ON api_token (least(revoked_at, expires_at));
