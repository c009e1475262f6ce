"""Webhooks: what has changed is sent to servers of the organization's choice, signed, in order, until they take it."""
