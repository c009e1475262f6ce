-- Two kinds of order of the same form: work orders and production orders. What is different stands at the end.
DO $do$
DECLARE
    kind text;
BEGIN
    FOREACH kind IN ARRAY ARRAY['work', 'production'] LOOP
        EXECUTE format($sql$
            CREATE TABLE %1$s_order (
                org_id uuid NOT NULL,
                id uuid NOT NULL,
                number varchar(40) NOT NULL,
                status varchar(20) NOT NULL,
                location_id uuid NOT NULL,
                draft_at date,
                entered_at date,
                placed_at date,
                expected_delivery_date date,
                production_started_at date,
                in_transit_at date,
                partial_at date,
                received_at date,
                completed_at date,
                cancelled_at date,
                notes varchar(10000),
                created_at timestamptz NOT NULL,
                updated_at timestamptz NOT NULL,
                -- The day that dateFrom and dateTo ask for: when it was placed, or written down while it is not placed.
                order_date date NOT NULL
                    GENERATED ALWAYS AS (coalesce(placed_at, (created_at AT TIME ZONE 'UTC')::date)) STORED,
                PRIMARY KEY (org_id, id),
                FOREIGN KEY (org_id, location_id) REFERENCES location (org_id, id)
            );
            CREATE UNIQUE INDEX %1$s_order_number_key ON %1$s_order (org_id, number);
            -- Newest first, as the primary key has it, also where the list is narrowed.
            CREATE INDEX %1$s_order_of_location ON %1$s_order (org_id, location_id, id);
            CREATE INDEX %1$s_order_by_status ON %1$s_order (org_id, status, id);
            CREATE INDEX %1$s_order_by_date ON %1$s_order (org_id, order_date);
            CALL make_tenant_table('%1$s_order');

            CREATE TABLE %1$s_order_item (
                org_id uuid NOT NULL,
                id uuid NOT NULL,
                order_id uuid NOT NULL,
                sku_id uuid NOT NULL,
                quantity integer NOT NULL CHECK (quantity > 0),
                cost numeric(18, 6) CHECK (cost >= 0),
                created_at timestamptz NOT NULL,
                PRIMARY KEY (org_id, id),
                FOREIGN KEY (org_id, order_id) REFERENCES %1$s_order (org_id, id) ON DELETE CASCADE,
                FOREIGN KEY (org_id, sku_id) REFERENCES sku (org_id, id)
            );
            -- Each SKU once; receipts name a line so.
            CREATE UNIQUE INDEX %1$s_order_item_sku_key ON %1$s_order_item (org_id, order_id, sku_id);
            CREATE INDEX %1$s_order_item_of_sku ON %1$s_order_item (org_id, sku_id);
            CALL make_tenant_table('%1$s_order_item');

            -- What a line takes, as the BOM was when it was written. per_unit is exact, however deep the BOM was; what
            -- is shown and consumed is quantity, which is rounded once.
            CREATE TABLE %1$s_order_input (
                org_id uuid NOT NULL,
                id uuid NOT NULL,
                item_id uuid NOT NULL,
                material_id uuid,
                per_unit numeric NOT NULL CHECK (per_unit > 0),
                quantity numeric(18, 6) NOT NULL CHECK (quantity > 0),
                PRIMARY KEY (org_id, id),
                FOREIGN KEY (org_id, item_id) REFERENCES %1$s_order_item (org_id, id) ON DELETE CASCADE,
                FOREIGN KEY (org_id, material_id) REFERENCES material (org_id, id)
            );
            CREATE INDEX %1$s_order_input_of_item ON %1$s_order_input (org_id, item_id, id);
            CREATE INDEX %1$s_order_input_of_material ON %1$s_order_input (org_id, material_id);
            CALL make_tenant_table('%1$s_order_input');

            CREATE TABLE %1$s_order_receipt (
                org_id uuid NOT NULL,
                id uuid NOT NULL,
                order_id uuid NOT NULL,
                receipt_date date NOT NULL,
                created_at timestamptz NOT NULL,
                PRIMARY KEY (org_id, id),
                FOREIGN KEY (org_id, order_id) REFERENCES %1$s_order (org_id, id) ON DELETE CASCADE
            );
            CREATE INDEX %1$s_order_receipt_of_order ON %1$s_order_receipt (org_id, order_id, id);
            CALL make_tenant_table('%1$s_order_receipt');

            CREATE TABLE %1$s_order_receipt_item (
                org_id uuid NOT NULL,
                id uuid NOT NULL,
                receipt_id uuid NOT NULL,
                order_id uuid NOT NULL,
                sku_id uuid NOT NULL,
                quantity numeric(18, 6) NOT NULL CHECK (quantity > 0),
                unit_cost numeric(18, 6) NOT NULL CHECK (unit_cost >= 0),
                PRIMARY KEY (org_id, id),
                FOREIGN KEY (org_id, receipt_id) REFERENCES %1$s_order_receipt (org_id, id) ON DELETE CASCADE,
                FOREIGN KEY (org_id, order_id, sku_id)
                    REFERENCES %1$s_order_item (org_id, order_id, sku_id) ON DELETE CASCADE
            );
            CREATE INDEX %1$s_order_receipt_item_of_receipt ON %1$s_order_receipt_item (org_id, receipt_id, id);
            CREATE INDEX %1$s_order_receipt_item_of_item ON %1$s_order_receipt_item (org_id, order_id, sku_id);
            CALL make_tenant_table('%1$s_order_receipt_item');
        $sql$, kind);
    END LOOP;
END $do$;

-- The cost of making a unit is known of a work order; of a production order it may come later.
ALTER TABLE work_order_item ALTER cost SET DEFAULT 0, ALTER cost SET NOT NULL;

-- A work order takes sub-assemblies as well, a production order raw materials only.
ALTER TABLE work_order_input
    ADD COLUMN input_sku_id uuid,
    ADD FOREIGN KEY (org_id, input_sku_id) REFERENCES sku (org_id, id),
    ADD CHECK (num_nonnulls(material_id, input_sku_id) = 1);
CREATE INDEX work_order_input_of_sku ON work_order_input (org_id, input_sku_id) WHERE input_sku_id IS NOT NULL;
ALTER TABLE production_order_input ALTER material_id SET NOT NULL;
