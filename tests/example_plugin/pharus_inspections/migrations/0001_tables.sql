-- One for each material of a receipt: it holds the goods back until it is decided.
CREATE TABLE inspections_inspection (
    org_id uuid NOT NULL,
    id uuid NOT NULL,
    receipt_id uuid NOT NULL,
    material_id uuid NOT NULL,
    quantity numeric(18, 6) NOT NULL,
    status varchar(10) NOT NULL DEFAULT 'pending' CHECK (status IN ('pending', 'overdue', 'passed', 'failed')),
    notes varchar(1000),
    decided_at timestamptz,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (org_id, id),
    FOREIGN KEY (org_id, receipt_id) REFERENCES purchase_order_receipt (org_id, id),
    FOREIGN KEY (org_id, material_id) REFERENCES material (org_id, id)
);
CREATE INDEX ON inspections_inspection (org_id, created_at DESC, id DESC);
CREATE INDEX ON inspections_inspection (org_id, receipt_id);
CREATE INDEX ON inspections_inspection (org_id, material_id, status);
CALL make_tenant_table('inspections_inspection');
CALL log_events('inspections_inspection', status => 'status');

-- The certificate that came with the goods of a receipt: the plugin's part of the request that received them.
CREATE TABLE inspections_certificate (
    org_id uuid NOT NULL,
    receipt_id uuid NOT NULL,
    certificate varchar(100) NOT NULL,
    PRIMARY KEY (org_id, receipt_id),
    FOREIGN KEY (org_id, receipt_id) REFERENCES purchase_order_receipt (org_id, id) ON DELETE CASCADE
);
CALL make_tenant_table('inspections_certificate');
