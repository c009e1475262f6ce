"""Accounting: what the stock is worth, what sales cost, and the journal of both; closed periods and the time zone."""
