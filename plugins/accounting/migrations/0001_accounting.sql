-- The names that an organization gives to the accounts of its journal. An account without a row has its usual name.
CREATE TABLE accounting_account (
    org_id uuid NOT NULL,
    account varchar(20) NOT NULL,
    name varchar(200) NOT NULL,
    PRIMARY KEY (org_id, account)
);
CALL make_tenant_table('accounting_account');
