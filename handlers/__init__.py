"""How any operation runs, between the socket and a plugin's function."""
