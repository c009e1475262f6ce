-- Goods of an order that leave in parts. What the status of an order ships, all that is open then, has no row: it follows
-- from the order (docs/adr/0057).
-- old servers stop: because they would ship again what shipments have shipped.
CREATE TABLE sales_order_shipment (
    org_id uuid NOT NULL,
    id uuid NOT NULL,
    sales_order_id uuid NOT NULL,
    shipment_number varchar(40) NOT NULL,
    location_id uuid NOT NULL,
    shipped_at date NOT NULL,
    carrier varchar(255),
    tracking_number varchar(255),
    notes varchar(10000),
    external_id varchar(255),
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    PRIMARY KEY (org_id, id),
    FOREIGN KEY (org_id, sales_order_id) REFERENCES sales_order (org_id, id) ON DELETE CASCADE,
    FOREIGN KEY (org_id, location_id) REFERENCES location (org_id, id)
);
CREATE UNIQUE INDEX sales_order_shipment_shipment_number_key ON sales_order_shipment (org_id, shipment_number);
CREATE UNIQUE INDEX sales_order_shipment_external_id_key ON sales_order_shipment (org_id, external_id)
    WHERE external_id IS NOT NULL;
CREATE INDEX sales_order_shipment_of_order ON sales_order_shipment (org_id, sales_order_id, id);
CREATE INDEX sales_order_shipment_of_location ON sales_order_shipment (org_id, location_id);
CALL make_tenant_table('sales_order_shipment');

CREATE TABLE sales_order_shipment_item (
    org_id uuid NOT NULL,
    id uuid NOT NULL,
    shipment_id uuid NOT NULL,
    so_item_id uuid NOT NULL,
    quantity integer NOT NULL CHECK (quantity > 0),
    PRIMARY KEY (org_id, id),
    FOREIGN KEY (org_id, shipment_id) REFERENCES sales_order_shipment (org_id, id) ON DELETE CASCADE,
    FOREIGN KEY (org_id, so_item_id) REFERENCES sales_order_item (org_id, id) ON DELETE CASCADE
);
CREATE UNIQUE INDEX sales_order_shipment_item_so_item_id_key
    ON sales_order_shipment_item (org_id, shipment_id, so_item_id);
CREATE INDEX sales_order_shipment_item_of_item ON sales_order_shipment_item (org_id, so_item_id);
CALL make_tenant_table('sales_order_shipment_item');

-- What shipments have shipped of a line, and what of all that has left has come back: the lines of an order are read with
-- every look at it, its shipments seldom. All rows have 0 now, so the table need not be looked through.
ALTER TABLE sales_order_item
    ADD COLUMN shipped_quantity integer NOT NULL DEFAULT 0,
    ADD COLUMN returned_quantity integer NOT NULL DEFAULT 0,
    ADD CHECK (shipped_quantity BETWEEN 0 AND quantity) NOT VALID,
    ADD CHECK (returned_quantity BETWEEN 0 AND quantity) NOT VALID;
