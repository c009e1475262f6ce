-- For how many days the organization's log of events is kept; NULL: for ever.
ALTER TABLE organization_settings
    ADD COLUMN event_retention_days integer CHECK (event_retention_days BETWEEN 30 AND 36500);
