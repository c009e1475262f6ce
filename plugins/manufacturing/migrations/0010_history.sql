-- Orders of the years before the organization came here: they hold nothing in the ledgers, and have no inputs. Whoever
-- would lead one to a status at which something is open is refused by the database itself (docs/adr/0063).
-- old servers work: because none of their orders is history.
ALTER TABLE work_order ADD COLUMN is_history boolean NOT NULL DEFAULT false;
ALTER TABLE work_order ADD CONSTRAINT work_order_history_has_ended
    CHECK (NOT is_history OR status IN ('Received', 'Completed', 'Cancelled')) NOT VALID;
ALTER TABLE production_order ADD COLUMN is_history boolean NOT NULL DEFAULT false;
ALTER TABLE production_order ADD CONSTRAINT production_order_history_has_ended
    CHECK (NOT is_history OR status IN ('Received', 'Completed', 'Cancelled')) NOT VALID;
