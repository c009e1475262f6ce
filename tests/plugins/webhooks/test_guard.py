"""Which addresses deliveries may go to."""

import socket
import time
from typing import Any

import pytest

from pharus.errors import ConfigurationError
from plugins.webhooks.guard import Guard, Refused

pytestmark = pytest.mark.no_database

PRIVATE = [
    *("0.0.0.0", "10.0.0.1", "100.64.0.1", "127.0.0.1", "169.254.169.254", "172.16.0.1", "192.0.0.1", "192.168.1.1"),
    *("198.18.0.1", "224.0.0.1", "240.0.0.1", "255.255.255.255"),
    *("::", "::1", "::10.0.0.1", "::ffff:10.0.0.1", "64:ff9b::a00:1", "64:ff9b:1::a00:1", "2002:a00:1::"),
    *("2001:0:a00:1:0:0:f5ff:fffe", "fc00::1", "fd00:ec2::254", "fe80::1", "fec0::1", "ff02::1"),
]
PUBLIC = ["93.184.215.14", "2606:2800:21f:cb07:6820:80da:af6b:8b2c", "::ffff:93.184.215.14", "64:ff9b::5db8:d70e"]


@pytest.fixture
def leads_to(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The addresses that every name leads to."""
    addresses: list[str] = []

    def look_up(host: str, port: int, **options: Any) -> list[Any]:
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port)) for address in addresses]

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    return addresses


@pytest.mark.parametrize("address", PRIVATE)
def test_private_address_is_refused_also_beside_a_public_one(leads_to: list[str], address: str) -> None:
    leads_to[:] = [PUBLIC[0], address]
    with pytest.raises(Refused, match="private or local network"):
        Guard().addresses("hooks.example.com", 443)
    with pytest.raises(Refused):
        Guard().check("https://hooks.example.com/pharus")


@pytest.mark.parametrize("address", PUBLIC)
def test_public_address_is_what_is_connected_to(leads_to: list[str], address: str) -> None:
    leads_to[:] = [address, address]
    assert Guard().addresses("hooks.example.com", 443) == [address]
    Guard().check("https://hooks.example.com/pharus")


def test_host_or_network_that_is_allowed_may_be_private(leads_to: list[str]) -> None:
    guard = Guard(["Hooks.internal", "10.1.0.0/16", "fd00::/8"])
    leads_to[:] = ["192.168.0.1"]
    assert guard.addresses("hooks.INTERNAL.", 80) == ["192.168.0.1"]
    with pytest.raises(Refused):
        guard.addresses("other.internal", 80)
    for address in ("10.1.255.1", "fd00::7", "::ffff:10.1.0.1"):
        leads_to[:] = [address]
        assert guard.addresses("other.internal", 80) == [address]
    leads_to[:] = ["10.2.0.1"]
    with pytest.raises(Refused):
        guard.addresses("other.internal", 80)


@pytest.mark.parametrize("wrong", ["10.1.2.3/8", "10.0.0.0/99", "höst"])
def test_what_is_neither_host_nor_network_refuses_to_start(wrong: str) -> None:
    with pytest.raises(ConfigurationError, match="PHARUS_WEBHOOK_ALLOW"):
        Guard([wrong])


def test_name_that_is_not_found_or_not_in_time_is_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: Any, **options: Any) -> Any:
        raise socket.gaierror(socket.EAI_AGAIN, "no answer")

    monkeypatch.setattr(socket, "getaddrinfo", fail)
    Guard().check("https://hooks.example.com/")
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **options: time.sleep(0.2))
    monkeypatch.setattr("plugins.webhooks.guard._LOOKUP_SECONDS", 0.01)
    started = time.monotonic()
    Guard().check("https://hooks.example.com/")
    assert time.monotonic() - started < 0.15
