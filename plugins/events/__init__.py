"""Events: what has changed of every record, by whom, in order."""
