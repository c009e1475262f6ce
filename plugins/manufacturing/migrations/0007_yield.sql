-- Of the lines of orders: what their BOM said of a batch, what comes out besides, and of receipts what was really used
-- and what really came out (docs/adr/0060). `quantity_variance` is by how much all receipts together differ from what
-- was planned: the inputs and by-products of an order are read with every look at it, what its receipts say seldom.
-- old servers stop: because they would consume what was released, and leave by-products out.
DO $do$
DECLARE
    kind text;
BEGIN
    FOREACH kind IN ARRAY ARRAY['work', 'production'] LOOP
        EXECUTE format($sql$
            ALTER TABLE %1$s_order_item
                ADD COLUMN batch_size numeric(18, 6) NOT NULL DEFAULT 1,
                ADD COLUMN yield_percent numeric(18, 6) NOT NULL DEFAULT 100,
                ADD COLUMN by_product_count integer NOT NULL DEFAULT 0;

            -- per_unit is for so many units: where one unit has no finite part of it, both are exact.
            ALTER TABLE %1$s_order_input
                ADD COLUMN for_units numeric NOT NULL DEFAULT 1,
                ADD COLUMN quantity_variance numeric(18, 6) NOT NULL DEFAULT 0;

            CREATE TABLE %1$s_order_by_product (
                org_id uuid NOT NULL,
                id uuid NOT NULL,
                item_id uuid NOT NULL,
                sku_id uuid NOT NULL,
                per_unit numeric NOT NULL CHECK (per_unit > 0),
                for_units numeric NOT NULL DEFAULT 1 CHECK (for_units > 0),
                quantity numeric(18, 6) NOT NULL CHECK (quantity > 0),
                quantity_variance numeric(18, 6) NOT NULL DEFAULT 0,
                cost_share_percent numeric(18, 6) NOT NULL CHECK (cost_share_percent BETWEEN 0 AND 100),
                PRIMARY KEY (org_id, id),
                FOREIGN KEY (org_id, item_id) REFERENCES %1$s_order_item (org_id, id) ON DELETE CASCADE,
                FOREIGN KEY (org_id, sku_id) REFERENCES sku (org_id, id)
            );
            CREATE UNIQUE INDEX %1$s_order_by_product_sku_id_key ON %1$s_order_by_product (org_id, item_id, sku_id);
            CREATE INDEX %1$s_order_by_product_of_sku ON %1$s_order_by_product (org_id, sku_id);
            CALL make_tenant_table('%1$s_order_by_product');

            ALTER TABLE %1$s_order_receipt_item
                ADD COLUMN usage_count integer NOT NULL DEFAULT 0,
                ADD COLUMN by_product_count integer NOT NULL DEFAULT 0;

            CREATE TABLE %1$s_order_receipt_usage (
                org_id uuid NOT NULL,
                id uuid NOT NULL,
                receipt_item_id uuid NOT NULL,
                input_id uuid NOT NULL,
                planned numeric(18, 6) NOT NULL CHECK (planned >= 0),
                used numeric(18, 6) NOT NULL CHECK (used >= 0),
                scrapped numeric(18, 6) NOT NULL CHECK (scrapped >= 0),
                scrap_reason varchar(255),
                scrapped_value numeric(36, 12) NOT NULL CHECK (scrapped_value >= 0),
                returned numeric(18, 6) NOT NULL CHECK (returned >= 0),
                PRIMARY KEY (org_id, id),
                FOREIGN KEY (org_id, receipt_item_id)
                    REFERENCES %1$s_order_receipt_item (org_id, id) ON DELETE CASCADE,
                FOREIGN KEY (org_id, input_id) REFERENCES %1$s_order_input (org_id, id) ON DELETE CASCADE,
                CHECK ((scrap_reason IS NULL) = (scrapped = 0))
            );
            CREATE UNIQUE INDEX %1$s_order_receipt_usage_input_id_key
                ON %1$s_order_receipt_usage (org_id, receipt_item_id, input_id);
            CREATE INDEX %1$s_order_receipt_usage_of_input ON %1$s_order_receipt_usage (org_id, input_id);
            CALL make_tenant_table('%1$s_order_receipt_usage');

            CREATE TABLE %1$s_order_receipt_by_product (
                org_id uuid NOT NULL,
                id uuid NOT NULL,
                receipt_item_id uuid NOT NULL,
                by_product_id uuid NOT NULL,
                planned numeric(18, 6) NOT NULL CHECK (planned >= 0),
                quantity numeric(18, 6) NOT NULL CHECK (quantity >= 0),
                unit_cost numeric(18, 6) CHECK (unit_cost >= 0),
                PRIMARY KEY (org_id, id),
                FOREIGN KEY (org_id, receipt_item_id)
                    REFERENCES %1$s_order_receipt_item (org_id, id) ON DELETE CASCADE,
                FOREIGN KEY (org_id, by_product_id) REFERENCES %1$s_order_by_product (org_id, id) ON DELETE CASCADE
            );
            CREATE UNIQUE INDEX %1$s_order_receipt_by_product_by_product_id_key
                ON %1$s_order_receipt_by_product (org_id, receipt_item_id, by_product_id);
            CREATE INDEX %1$s_order_receipt_by_product_of_by_product
                ON %1$s_order_receipt_by_product (org_id, by_product_id);
            CALL make_tenant_table('%1$s_order_receipt_by_product');
        $sql$, kind);
    END LOOP;
END $do$;
