"""Clients that nobody here wrote, generated from openapi.yaml by tools that others use, and what linters say of it."""
