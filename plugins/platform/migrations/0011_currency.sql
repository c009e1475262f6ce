-- The currency of the organization's amounts, a code of ISO 4217; NULL: it has not said.
ALTER TABLE organization_settings ADD COLUMN currency varchar(3) CHECK (currency ~ '^[A-Z]{3}$');
