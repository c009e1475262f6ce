-- A new database has this table before the log of events, whose migration takes it for one of a plugin: it holds no
-- records, and writes no events. A database whose platform is still older gets it without.
DO $$ BEGIN
    IF to_regclass('outgoing_notice') IS NOT NULL THEN
        CALL log_no_events('outgoing_notice');
    END IF;
END $$;
