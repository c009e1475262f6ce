-- What an organization has set for its plugins is a record; which of their jobs are due is the server's own work.
CALL log_events('plugin_setting');
CALL log_no_events('plugin_job');
