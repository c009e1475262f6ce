"""Writes the parts of Pharus that follow from openapi.yaml alone.

It imports nothing of Pharus but the reader of the document: it must still run when what it wrote last is broken.
"""
