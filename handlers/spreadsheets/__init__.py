"""Spreadsheets both ways: answers as CSV and XLSX files (docs/spreadsheets.md)."""
