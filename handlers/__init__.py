"""How any operation runs, between the socket and a plugin's function."""

import warnings

# Connexion imports Starlette's test client, which asks for a package that no server uses. Each worker would say so.
warnings.filterwarnings("ignore", message="Using `httpx` with `starlette.testclient` is deprecated")
