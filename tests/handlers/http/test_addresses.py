"""One address, as bounds and turns count it."""

import pytest

from handlers.http.addresses import network, without_mapping

pytestmark = pytest.mark.no_database


def test_network_is_the_address_or_64_bits_of_ipv6() -> None:
    assert network("192.0.2.1") == "192.0.2.1"
    assert network("2001:db8:1:2::1") == network("2001:db8:1:2:ffff::9%eth0") == "2001:db8:1:2::/64"
    assert network("2001:db8:1:3::1") != network("2001:db8:1:2::1")
    assert network("") == "unknown"
    assert network("no:address") == "no:address"


def test_mapped_address_is_the_one_of_ipv4() -> None:
    assert without_mapping("::ffff:192.0.2.1") == "192.0.2.1"
    assert without_mapping("192.0.2.1") == "192.0.2.1"
    assert without_mapping("::ffff:1:2") == "::ffff:1:2"
