-- What becomes of a lot is named by its status. Where its goods are follows from the entries of the ledgers.
CALL log_events('lot', status => 'status');
CALL log_events('lot_settings');
CALL log_no_events('lot_balance');
CALL log_no_events('lot_entry');
