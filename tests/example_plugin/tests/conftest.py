"""A server with the plugin, and callers of every role: `owner`, `admin`, `member`, `viewer`, `stranger`."""

pytest_plugins = ["contract.fixtures"]
