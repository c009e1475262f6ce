"""Rows of the document's schemas as tables: what a spreadsheet has of them. Files are read and written elsewhere."""
