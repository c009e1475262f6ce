"""Who vouches for a caller: identity providers verify ID tokens and delete identities.

`local` signs and verifies its own tokens with a key in the data folder; `firebase` verifies those of a Firebase
project. Both speak of the same `Identity`, and `create_provider` is the only place that knows which one runs.
"""

from pharus.config import Settings
from pharus.errors import ConfigurationError
from pharus.providers.caching import CachingProvider
from pharus.providers.claims import Identity, IdentityProvider
from pharus.providers.local import LocalProvider

__all__ = ["CachingProvider", "Identity", "IdentityProvider", "LocalProvider", "create_provider", "install", "provider"]


def create_provider(settings: Settings) -> CachingProvider:
    """The provider that `settings.auth` names, behind the cache (`.inner` is the provider itself).

    Raises ConfigurationError, with a sentence, when the provider cannot be used as it is configured.
    """
    if settings.auth == "local":
        return CachingProvider(LocalProvider(settings.data))
    if not settings.firebase_project:
        raise ConfigurationError(
            "PHARUS_FIREBASE_PROJECT is missing; PHARUS_AUTH=firebase needs the Firebase project id."
        )
    # firebase-admin costs 31 MB and a quarter of a second, which a server with local identities need not pay.
    from pharus.providers.firebase import FirebaseProvider

    return CachingProvider(FirebaseProvider(settings.firebase_project))


_installed: IdentityProvider | None = None


def install(chosen: IdentityProvider) -> None:
    """Make this the provider of the process. Done once at start."""
    global _installed
    _installed = chosen


def provider() -> IdentityProvider:
    if _installed is None:
        raise RuntimeError("no identity provider is installed yet")
    return _installed
