"""What needs Docker and the images of others: `make compose`."""
