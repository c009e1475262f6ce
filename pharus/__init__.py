"""The kernel: everything a plugin may import. Knows no HTTP, no Connexion and no domain."""

__version__ = "0.1.0"
