-- The status that an order had before it was cancelled: where it goes back to when it is opened again.
ALTER TABLE purchase_order ADD COLUMN ended_from varchar(20);
