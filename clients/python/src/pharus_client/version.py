"""The version of the document that this client was made of.

Generated from openapi.yaml by `make codegen`. Do not edit.
"""

VERSION = "1.0.0"
