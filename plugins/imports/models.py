"""The imports domain has no tables: what it shows is in the document."""
