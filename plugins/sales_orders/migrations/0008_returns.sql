-- What customers send back. The shipment may be the one without a row that the status of an order has shipped: then it
-- has the id of the order, and its lines have those of the order's lines (docs/adr/0057).
CREATE TABLE sales_order_return (
    org_id uuid NOT NULL,
    id uuid NOT NULL,
    sales_order_id uuid NOT NULL,
    shipment_id uuid NOT NULL,
    return_number varchar(40) NOT NULL,
    credit_note_number varchar(40),
    location_id uuid NOT NULL,
    returned_at date NOT NULL,
    notes varchar(10000),
    external_id varchar(255),
    amount numeric(18, 6) NOT NULL CHECK (amount >= 0),
    broker_fees numeric(18, 6) NOT NULL CHECK (broker_fees >= 0),
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    PRIMARY KEY (org_id, id),
    FOREIGN KEY (org_id, sales_order_id) REFERENCES sales_order (org_id, id) ON DELETE CASCADE,
    FOREIGN KEY (org_id, location_id) REFERENCES location (org_id, id)
);
CREATE UNIQUE INDEX sales_order_return_return_number_key ON sales_order_return (org_id, return_number);
CREATE UNIQUE INDEX sales_order_return_credit_note_number_key ON sales_order_return (org_id, credit_note_number);
CREATE UNIQUE INDEX sales_order_return_external_id_key ON sales_order_return (org_id, external_id)
    WHERE external_id IS NOT NULL;
CREATE INDEX sales_order_return_of_order ON sales_order_return (org_id, sales_order_id, id);
CREATE INDEX sales_order_return_of_shipment ON sales_order_return (org_id, shipment_id);
CREATE INDEX sales_order_return_of_location ON sales_order_return (org_id, location_id);
CALL make_tenant_table('sales_order_return');

CREATE TABLE sales_order_return_item (
    org_id uuid NOT NULL,
    id uuid NOT NULL,
    return_id uuid NOT NULL,
    so_item_id uuid NOT NULL,
    shipment_item_id uuid NOT NULL,
    quantity integer NOT NULL CHECK (quantity > 0),
    written_off boolean NOT NULL DEFAULT false,
    unit_price numeric(18, 6) NOT NULL CHECK (unit_price >= 0),
    amount numeric(18, 6) NOT NULL CHECK (amount >= 0),
    PRIMARY KEY (org_id, id),
    FOREIGN KEY (org_id, return_id) REFERENCES sales_order_return (org_id, id) ON DELETE CASCADE,
    FOREIGN KEY (org_id, so_item_id) REFERENCES sales_order_item (org_id, id) ON DELETE CASCADE
);
CREATE INDEX sales_order_return_item_of_return ON sales_order_return_item (org_id, return_id, id);
CREATE INDEX sales_order_return_item_of_item ON sales_order_return_item (org_id, so_item_id);
CREATE INDEX sales_order_return_item_of_shipment_item ON sales_order_return_item (org_id, shipment_item_id);
CALL make_tenant_table('sales_order_return_item');
