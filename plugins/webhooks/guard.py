"""Where deliveries may go: to any server of the internet, and to none of the networks that this server is in.

Who makes an endpoint chooses an address that this server then sends requests to. Without this it could be one that only
this server reaches: a database, an administration page, the metadata of a cloud. What the names of hosts lead to is
looked up when an endpoint is saved, and again for each connection, which is then made to the very address that was
looked at (plugins/webhooks/sending.py). PHARUS_WEBHOOK_ALLOW names hosts and networks that may be reached all the same.
"""

import ipaddress
import socket
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import urlsplit

from pharus.errors import ConfigurationError

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Network = ipaddress.IPv4Network | ipaddress.IPv6Network

_SCHEMES = {"http": 80, "https": 443}
# All of IPv6 that may be an address of the internet.
_UNICAST = ipaddress.IPv6Network("2000::/3")
# Addresses of IPv6 whose last bits are one of IPv4: the gateway that takes the packet sends it on to that.
_EMBEDDING = tuple(map(ipaddress.IPv6Network, ("::ffff:0:0/96", "::/96", "64:ff9b::/96", "64:ff9b:1::/48")))
# How long who saves an endpoint waits for that.
_LOOKUP_SECONDS = 2.0
_MOST_LOOKUPS = 32


class Refused(Exception):
    """The URL leads to where no delivery goes. The message says why, in words for the organization."""


class Guard:
    """`allowed` are names of hosts and networks (`10.1.2.0/24`) that deliveries may go to, whatever they are."""

    def __init__(self, allowed: Sequence[str] = ()) -> None:
        self._hosts: set[str] = set()
        self._networks: list[Network] = []
        for each in allowed:
            try:
                self._networks.append(ipaddress.ip_network(each))
            except ValueError as error:
                if "/" in each or not each.isascii():
                    raise ConfigurationError(
                        f"PHARUS_WEBHOOK_ALLOW has {each!r}, which is neither a host nor a network ({error})."
                    ) from error
                self._hosts.add(each.lower().rstrip("."))
        # To look up a name blocks, and may take long.
        self.lookups = ThreadPoolExecutor(_MOST_LOOKUPS, "webhook-lookup")

    def check(self, url: str) -> None:
        """Refused for a URL that cannot be used. A name that is not found now may be found later."""
        host, port = _host_and_port(url)
        try:
            self.lookups.submit(self.addresses, host, port).result(_LOOKUP_SECONDS)
        except (TimeoutError, OSError):
            return

    def addresses(self, host: str, port: int) -> list[str]:
        """The addresses of the host, in the order in which they are tried. Refused when there is one among them that no
        delivery goes to; OSError when there is no such host."""
        found = [str(address[0]) for *_, address in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]
        if host.lower().rstrip(".") not in self._hosts:
            for address in found:
                if not self._may_reach(ipaddress.ip_address(address.partition("%")[0])):
                    raise Refused("must not lead to an address of a private or local network")
        return list(dict.fromkeys(found))

    def _may_reach(self, address: Address) -> bool:
        inner = _inner(address)
        if any(each in network for network in self._networks for each in (address, inner)):
            return True
        if isinstance(inner, ipaddress.IPv6Address) and inner not in _UNICAST:
            return False
        return inner.is_global and not inner.is_multicast


def _inner(address: Address) -> Address:
    """The address of IPv4 that one of IPv6 stands for; else itself."""
    if isinstance(address, ipaddress.IPv4Address):
        return address
    if any(address in network for network in _EMBEDDING):
        return ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
    teredo = address.teredo
    return address.sixtofour or (teredo[1] if teredo else address)


def _host_and_port(url: str) -> tuple[str, int]:
    try:
        parts = urlsplit(url)
        port = parts.port
        # As names are looked up: no part is empty, or longer than 63 bytes.
        (parts.hostname or "").encode("idna")
    except ValueError as error:
        raise Refused("is no URL of a server") from error
    if parts.scheme not in _SCHEMES or not parts.hostname or parts.username is not None or port == 0:
        raise Refused("is no URL of a server")
    return parts.hostname, port or _SCHEMES[parts.scheme]
