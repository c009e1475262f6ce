-- A new database has this table before the log of events, whose migration takes it for one of a plugin: it holds no
-- records, and writes no events.
CALL log_no_events('outgoing_notice');
