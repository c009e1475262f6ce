"""The table of events, as far as Python names its columns. Triggers write it (pharus/migrations/0009_events.sql)."""
