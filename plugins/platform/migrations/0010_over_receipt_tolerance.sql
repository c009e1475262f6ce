-- How much more than was ordered a receipt may bring, in percent of the order; NULL: as much as there is.
ALTER TABLE organization_settings
    ADD COLUMN over_receipt_tolerance_percent numeric(18, 6) CHECK (over_receipt_tolerance_percent BETWEEN 0 AND 1000);
