"""A plugin of another distribution that answers with files: what handlers/renderers.py does at a real server."""
