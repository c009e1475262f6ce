"""What counts as one address: for the bounds of connections, and for the turns of those whom nobody knows yet."""

import ipaddress

# What stands for the address of whoever is connected through the UNIX socket.
UNIX = "unix"


def network(address: str) -> str:
    """What counts as one address. Whoever has an IPv6 address has the 2^64 of its network."""
    if ":" not in address:
        return address or "unknown"
    try:
        number = ipaddress.IPv6Address(address.partition("%")[0])
    except ValueError:
        return address
    return str(ipaddress.IPv6Network((int(number) >> 64 << 64, 64)))


def without_mapping(address: str) -> str:
    """An IPv4 address as it is, where a socket for both kinds shows it as one of IPv6."""
    return address.removeprefix("::ffff:") if address.startswith("::ffff:") and "." in address else address
