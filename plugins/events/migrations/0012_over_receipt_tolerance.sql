CALL log_events('organization_settings');
