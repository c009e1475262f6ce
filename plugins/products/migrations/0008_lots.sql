-- Whether lots of a SKU are told apart (docs/adr/0067), how they are chosen, and how long it keeps.
-- old servers work: because they never name these columns
ALTER TABLE sku
    ADD COLUMN lot_tracking varchar(20) NOT NULL DEFAULT 'none',
    ADD COLUMN lot_policy varchar(10),
    ADD COLUMN shelf_life_days integer,
    ADD CHECK (lot_tracking IN ('none', 'lots', 'lots_with_expiry')) NOT VALID,
    ADD CHECK (lot_policy IN ('fefo', 'fifo', 'none')) NOT VALID,
    ADD CHECK (shelf_life_days > 0) NOT VALID;
