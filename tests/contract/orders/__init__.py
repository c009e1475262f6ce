"""Histories of orders of all kinds against a model in plain Python."""
