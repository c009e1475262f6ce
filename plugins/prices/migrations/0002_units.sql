-- A price may be that of a unit of its item, such as a drum: then its cost and the quantity from which on it holds are in
-- that unit, and it keeps the factor of then (docs/adr/0074). Prices for the same in different units do not meet.
-- old servers work: because they leave the new columns empty, with which a price is that of a stock unit, and because the
-- index and the constraint that are made anew refuse them the same.
ALTER TABLE supplier_price
    ADD COLUMN unit varchar(40),
    ADD COLUMN unit_factor varchar(200),
    ADD COLUMN unit_id uuid NOT NULL GENERATED ALWAYS AS (md5(coalesce(text_key(unit), ''))::uuid) STORED,
    ADD CHECK (num_nulls(unit, unit_factor) IN (0, 2)),
    DROP CONSTRAINT supplier_price_validity_excl,
    ADD CONSTRAINT supplier_price_validity_excl EXCLUDE USING gist (
        uuid_range(org_id, org_id, '[]') WITH &&,
        uuid_range(item_id, item_id, '[]') WITH &&,
        uuid_range(vendor_id, vendor_id, '[]') WITH &&,
        uuid_range(unit_id, unit_id, '[]') WITH &&,
        numrange(min_quantity, min_quantity, '[]') WITH &&,
        daterange(valid_from, valid_to, '[]') WITH &&
    ) WHERE (valid_to IS NOT NULL);
DROP INDEX supplier_price_valid_from_key;
CREATE UNIQUE INDEX supplier_price_valid_from_key
    ON supplier_price (org_id, vendor_id, item_id, unit_id, min_quantity, valid_from) WHERE valid_to IS NULL;

ALTER TABLE customer_price
    ADD COLUMN unit varchar(40),
    ADD COLUMN unit_factor varchar(200),
    ADD COLUMN unit_id uuid NOT NULL GENERATED ALWAYS AS (md5(coalesce(text_key(unit), ''))::uuid) STORED,
    ADD CHECK (num_nulls(unit, unit_factor) IN (0, 2)),
    DROP CONSTRAINT customer_price_validity_excl,
    ADD CONSTRAINT customer_price_validity_excl EXCLUDE USING gist (
        uuid_range(org_id, org_id, '[]') WITH &&,
        uuid_range(sku_id, sku_id, '[]') WITH &&,
        uuid_range(payer_id, payer_id, '[]') WITH &&,
        uuid_range(unit_id, unit_id, '[]') WITH &&,
        numrange(min_quantity, min_quantity, '[]') WITH &&,
        daterange(valid_from, valid_to, '[]') WITH &&
    ) WHERE (valid_to IS NOT NULL);
DROP INDEX customer_price_valid_from_key;
CREATE UNIQUE INDEX customer_price_valid_from_key
    ON customer_price (org_id, sku_id, payer_id, unit_id, min_quantity, valid_from) WHERE valid_to IS NULL;
