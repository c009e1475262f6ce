-- The further units of items: one unit is exactly numerator / denominator of base_unit, which is the stock unit as it was
-- when that was said, or a built-in unit (docs/adr/0059).
DO $do$
DECLARE
    item text;
BEGIN
    FOREACH item IN ARRAY ARRAY['material', 'sku'] LOOP
        EXECUTE format($sql$
            CREATE TABLE %1$s_unit (
                org_id uuid NOT NULL,
                id uuid NOT NULL,
                %1$s_id uuid NOT NULL,
                unit varchar(40) NOT NULL,
                numerator numeric(18, 6) NOT NULL CHECK (numerator > 0),
                denominator numeric(18, 6) NOT NULL CHECK (denominator > 0),
                base_unit varchar(40) NOT NULL,
                created_at timestamptz NOT NULL,
                PRIMARY KEY (org_id, id),
                FOREIGN KEY (org_id, %1$s_id) REFERENCES %1$s (org_id, id) ON DELETE CASCADE
            );
            CREATE UNIQUE INDEX %1$s_unit_unit_key ON %1$s_unit (org_id, %1$s_id, text_key(unit));
            CALL make_tenant_table('%1$s_unit');
        $sql$, item);
    END LOOP;
END $do$;
