"""The version of the server that this client was released with, and that of the document that it was made of.

Generated from openapi.yaml by `make codegen`. Do not edit.
"""

VERSION = "0.1.0"
API_VERSION = "1.0.0"
