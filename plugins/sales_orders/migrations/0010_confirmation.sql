-- What the customer's copy says: the customer's own number of the order, and the terms.
ALTER TABLE sales_order ADD COLUMN customer_reference varchar(255), ADD COLUMN terms varchar(255);
