"""What goes wrong only in time or under load, on servers and databases of its own: `make drills`."""
