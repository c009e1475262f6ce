"""Writes the parts of Pharus that follow from openapi.yaml alone.

It reads the document only and imports nothing of pharus, handlers or plugins: it must still run when what it wrote
last is broken.
"""
