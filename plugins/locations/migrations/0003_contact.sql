-- Whom a carrier or a vendor asks at the location.
ALTER TABLE location
    ADD COLUMN contact_name varchar(255),
    ADD COLUMN contact_email varchar(320),
    ADD COLUMN contact_phone varchar(50);
