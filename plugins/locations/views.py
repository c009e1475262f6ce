from plugins.locations.handlers import _locations

locations = _locations
