-- Whether changes of what has a version must name the one that the caller has seen.
ALTER TABLE organization ADD COLUMN requires_if_match boolean NOT NULL DEFAULT false;
GRANT UPDATE (requires_if_match) ON organization TO pharus_app;
