"""A plugin of another distribution that answers with files, for handlers/workers/renderers.py at a real server."""
