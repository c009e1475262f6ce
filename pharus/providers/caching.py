"""Verified tokens are remembered for a short while: a client sends the same token with every request."""

import hashlib
import threading
import time
from collections.abc import Sequence

from cachetools import TLRUCache

from pharus import outages
from pharus.providers.claims import Identity, IdentityProvider

REMEMBERED_SECONDS = 300.0
REMEMBERED_TOKENS = 10_000


class CachingProvider:
    """An identity provider that asks `inner` only about tokens it has not seen verified in the last five minutes.

    The verdict on a signed token does not change before it expires, so that no other process can contradict what is
    remembered here. Failures are never remembered: the next attempt may meet fresh certificates. Keys are hashes, so
    that no usable token lies in memory.
    """

    def __init__(self, inner: IdentityProvider, *, capacity: int = REMEMBERED_TOKENS) -> None:
        self.inner = inner
        self._lock = threading.Lock()
        # Wall-clock time, because that is what `exp` is measured in.
        self._verified: TLRUCache[bytes, Identity] = TLRUCache(capacity, ttu=_forget_at, timer=time.time)

    def verify(self, token: str) -> Identity:
        # surrogatepass: a token that no encoding can express is `inner`'s to refuse, not ours to fail on.
        key = hashlib.sha256(token.encode("utf-8", "surrogatepass")).digest()
        with self._lock:
            remembered = self._verified.get(key)
        if remembered is not None:
            return remembered
        # Outside the lock: fetching certificates takes seconds when the network is slow, and only this caller may wait.
        with outages.identities.watched():
            identity = self.inner.verify(token)
        with self._lock:
            self._verified[key] = identity
        return identity

    def known(self, uids: Sequence[str]) -> set[str]:
        return self.inner.known(uids)

    def delete(self, uid: str) -> None:
        """Delete the identity at the provider. Its tokens stay valid until they expire, remembered or not."""
        self.inner.delete(uid)


def _forget_at(_key: bytes, identity: Identity, now: float) -> float:
    return min(identity.expires_at, now + REMEMBERED_SECONDS)
