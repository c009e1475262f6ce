"""Purchase orders: what is bought of a vendor."""
