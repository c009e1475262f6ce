-- A recall is one of its lot; which lots it reached, their own events say.
CALL log_events('lot_recall', NULL, 'lot_id', '''lot''');
CALL log_no_events('lot_recall_lot');
