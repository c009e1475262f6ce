"""One module for each group of operations, with its methods for `Client` and for `AsyncClient`.

Generated from openapi.yaml by `make codegen`. Do not edit.
"""
