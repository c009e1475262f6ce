-- What decides the day of a moment for an organization, and the last day of its closed books.
ALTER TABLE organization
    ADD COLUMN time_zone varchar(64) NOT NULL DEFAULT 'UTC',
    ADD COLUMN closed_through date;
GRANT UPDATE (time_zone, closed_through) ON organization TO pharus_app;
