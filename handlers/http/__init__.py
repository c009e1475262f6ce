"""The path of a request: log, route, authorize, validate, call the plugin's function, respond."""
