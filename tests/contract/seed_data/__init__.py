"""What our own tests know beyond the document: records in the database, and which of them a request can name."""
