-- The status that an order had before it was rejected: where it goes back to when it is opened again.
ALTER TABLE sales_order ADD COLUMN ended_from varchar(20);
