-- A column with a foreign key for each kind of order, so that the database itself refuses a document of what does not
-- exist or belongs to another organization. What the contract shows of it is made of the three.
CREATE TABLE document (
    org_id uuid NOT NULL,
    id uuid NOT NULL,
    sales_order_id uuid,
    purchase_order_id uuid,
    work_order_id uuid,
    entity_type varchar(20) NOT NULL GENERATED ALWAYS AS (
        CASE
            WHEN sales_order_id IS NOT NULL THEN 'sales_order'
            WHEN purchase_order_id IS NOT NULL THEN 'purchase_order'
            ELSE 'work_order'
        END
    ) STORED,
    entity_id uuid NOT NULL GENERATED ALWAYS AS (coalesce(sales_order_id, purchase_order_id, work_order_id)) STORED,
    name varchar(255) NOT NULL CHECK (name <> ''),
    gcs_path varchar(1024) NOT NULL,
    mime_type varchar(255) NOT NULL,
    size_bytes bigint NOT NULL CHECK (size_bytes > 0),
    -- False from the commit of the row until the file lies whole in the store; till then nobody is shown the row.
    is_stored boolean NOT NULL DEFAULT false,
    created_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (org_id, id),
    FOREIGN KEY (org_id, sales_order_id) REFERENCES sales_order (org_id, id),
    FOREIGN KEY (org_id, purchase_order_id) REFERENCES purchase_order (org_id, id),
    FOREIGN KEY (org_id, work_order_id) REFERENCES work_order (org_id, id),
    CHECK (num_nonnulls(sales_order_id, purchase_order_id, work_order_id) = 1)
);
-- The order of the list: a page is read from the index, from its end.
CREATE INDEX document_by_entity ON document (org_id, entity_type, entity_id, created_at, id);
CREATE UNIQUE INDEX document_gcs_path_key ON document (org_id, gcs_path);
-- What the deletion of an order looks for.
CREATE INDEX document_of_sales_order ON document (org_id, sales_order_id) WHERE sales_order_id IS NOT NULL;
CREATE INDEX document_of_purchase_order ON document (org_id, purchase_order_id) WHERE purchase_order_id IS NOT NULL;
CREATE INDEX document_of_work_order ON document (org_id, work_order_id) WHERE work_order_id IS NOT NULL;
CALL make_tenant_table('document');

-- Files that are to be deleted, from a time on; a path with a slash at its end means every file below it. A file that
-- is being uploaded stands here as well, for an hour later: whatever ends the upload before it is complete, its file
-- goes. No table of a tenant: these rows outlive their organization. Its id stands in the path, and a request reaches
-- only what begins with its own.
CREATE TABLE file_removal (
    -- The store that has the file, so that no server deletes it where it never was.
    store varchar(255) NOT NULL,
    path varchar(1024) COLLATE "C" NOT NULL,
    due_at timestamptz NOT NULL,
    attempts integer NOT NULL DEFAULT 0,
    PRIMARY KEY (store, path)
);
CREATE INDEX file_removal_by_due_at ON file_removal (store, due_at);
ALTER TABLE file_removal ENABLE ROW LEVEL SECURITY;
ALTER TABLE file_removal FORCE ROW LEVEL SECURITY;
CREATE POLICY own ON file_removal TO pharus_app
    USING (starts_with(path, 'orgs/' || current_org() || '/'))
    WITH CHECK (starts_with(path, 'orgs/' || current_org() || '/'));
CREATE POLICY platform ON file_removal FOR SELECT TO pharus_platform USING (true);
GRANT SELECT, INSERT, UPDATE, DELETE ON file_removal TO pharus_app;
GRANT SELECT ON file_removal TO pharus_platform;
