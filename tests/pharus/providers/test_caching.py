import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from pharus.errors import ServiceUnavailable, Unauthorized
from pharus.providers.caching import REMEMBERED_SECONDS, CachingProvider
from pharus.providers.claims import Identity
from pharus.providers.local import LocalProvider


class Counting:
    """A real local provider that counts the questions and can be cut off."""

    def __init__(self, data_dir: Path) -> None:
        self.local = LocalProvider(data_dir)
        self.verified = 0
        self.deleted: list[str] = []
        self.reachable = True

    def verify(self, token: str) -> Identity:
        self.verified += 1
        if not self.reachable:
            raise ServiceUnavailable("cut off")
        return self.local.verify(token)

    def delete(self, uid: str) -> None:
        self.deleted.append(uid)
        self.local.delete(uid)


class Clock:
    """Time that passes when the test says so, for the cache and for the claims alike."""

    def __init__(self) -> None:
        self.ahead_seconds = 0.0
        self._time = time.time

    def __call__(self) -> float:
        return self._time() + self.ahead_seconds


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr("pharus.providers.caching.time.time", clock)
    return clock


@pytest.fixture
def inner(tmp_path: Path) -> Counting:
    return Counting(tmp_path)


def test_verify_second_time_does_not_ask_the_provider(inner: Counting) -> None:
    provider = CachingProvider(inner)
    token = inner.local.issue("ada@example.com")
    assert provider.verify(token) == provider.verify(token) == inner.local.verify(token)
    assert inner.verified == 1


def test_verify_tells_tokens_apart(inner: Counting) -> None:
    provider = CachingProvider(inner)
    emails = [f"person-{number}@example.com" for number in range(20)]
    tokens = [inner.local.issue(email) for email in emails]
    assert [provider.verify(token).email for token in tokens * 2] == emails * 2
    assert inner.verified == 20


def test_verify_failure_is_not_remembered(inner: Counting) -> None:
    provider = CachingProvider(inner)
    token = inner.local.issue("ada@example.com")
    inner.reachable = False
    with pytest.raises(ServiceUnavailable):
        provider.verify(token)
    inner.reachable = True
    assert provider.verify(token).email == "ada@example.com"
    for _ in range(2):
        with pytest.raises(Unauthorized):
            provider.verify("garbage")
    assert inner.verified == 4


def test_verify_remembered_token_is_refused_once_expired(clock: Clock, inner: Counting) -> None:
    provider = CachingProvider(inner)
    token = inner.local.issue("ada@example.com", lifetime_seconds=60)
    expires_at = provider.verify(token).expires_at
    clock.ahead_seconds = 55
    assert provider.verify(token).expires_at == expires_at
    assert inner.verified == 1
    clock.ahead_seconds = 61
    with pytest.raises(Unauthorized, match="expired"):
        provider.verify(token)
    assert inner.verified == 2


def test_verify_asks_again_after_five_minutes(clock: Clock, inner: Counting) -> None:
    provider = CachingProvider(inner)
    token = inner.local.issue("ada@example.com")
    provider.verify(token)
    clock.ahead_seconds = REMEMBERED_SECONDS - 5
    provider.verify(token)
    assert inner.verified == 1
    clock.ahead_seconds = REMEMBERED_SECONDS + 5
    provider.verify(token)
    assert inner.verified == 2


def test_verify_forgets_the_least_recently_used_when_full(inner: Counting) -> None:
    provider = CachingProvider(inner, capacity=2)
    first, second, third = (inner.local.issue(f"{name}@example.com") for name in ("first", "second", "third"))
    for token in (first, second, first, third, first):
        provider.verify(token)
    assert inner.verified == 3
    provider.verify(second)
    assert inner.verified == 4


def test_verify_token_no_encoding_can_express_is_unauthorized(inner: Counting) -> None:
    with pytest.raises(Unauthorized):
        CachingProvider(inner).verify("\ud800")


def test_verify_from_many_threads_is_consistent(inner: Counting) -> None:
    provider = CachingProvider(inner, capacity=5)
    emails = [f"person-{number}@example.com" for number in range(10)]
    tokens = [inner.local.issue(email) for email in emails]
    start = threading.Barrier(8)

    def verify_all(_: int) -> list[str | None]:
        start.wait(timeout=30)
        return [provider.verify(token).email for _ in range(20) for token in tokens]

    with ThreadPoolExecutor(8) as pool:
        for seen in pool.map(verify_all, range(8)):
            assert seen == emails * 20


def test_verify_slow_provider_does_not_hold_up_remembered_tokens(inner: Counting) -> None:
    asked, answer = threading.Event(), threading.Event()
    local = inner.local

    class Slow(Counting):
        def verify(self, token: str) -> Identity:
            if token == slow_token:
                asked.set()
                answer.wait(timeout=30)
            return local.verify(token)

    slow_token, known_token = local.issue("slow@example.com"), local.issue("known@example.com")
    slow = Slow.__new__(Slow)
    provider = CachingProvider(slow)
    provider.verify(known_token)
    with ThreadPoolExecutor(2) as pool:
        pending = pool.submit(provider.verify, slow_token)
        assert asked.wait(timeout=30)
        assert pool.submit(provider.verify, known_token).result(timeout=10).email == "known@example.com"
        assert not pending.done()
        answer.set()
        assert pending.result(timeout=30).email == "slow@example.com"


def test_delete_reaches_the_provider(inner: Counting) -> None:
    provider = CachingProvider(inner)
    provider.delete("person-1")
    assert inner.deleted == ["person-1"]
    assert provider.inner is inner
