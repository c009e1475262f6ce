"""Imports: which bulk imports there are, what each takes, and templates to fill in."""
