"""The tables of lots are the inventory's (plugins/inventory/models.py), whose engine writes them."""
