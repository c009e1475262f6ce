"""A run of schemathesis against a server: the data it meets, the hooks it runs with, what comes of it."""
