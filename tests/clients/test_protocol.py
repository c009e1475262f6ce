"""The table of clients and the protocol of their drivers, without any of the tools."""

import pytest

from tests.clients import matrix, protocol, tools

pytestmark = pytest.mark.no_database


def test_figures_are_exact() -> None:
    expected = protocol.Story().expected()
    assert expected["bought.value"] == "152415787640329.228505551296"
    assert expected["made.materialOnHand"] == "123339348493.123449"


@pytest.mark.parametrize("output", ["figure 1\nfigure 1\n", "figure\n", "Warning:\n"])
def test_line_that_is_no_figure_is_refused(output: str) -> None:
    with pytest.raises(ValueError, match="a driver wrote"):
        protocol.read(output)


def test_lines_are_figures() -> None:
    assert protocol.read("sold.onHand 4\nrefused.code conflict\n") == {"sold.onHand": "4", "refused.code": "conflict"}


@pytest.mark.parametrize("client", matrix.clients(), ids=lambda client: client.name)
def test_row_names_what_is_there(client: matrix.Client) -> None:
    assert client.tool in tools.pins()
    assert client.generate
    assert bool(client.drive) == bool(client.driver) == bool(client.build)
    for pattern in client.driver:
        assert list((tools.HERE / "drivers").glob(pattern)), pattern


def test_every_driver_is_in_the_table() -> None:
    drivers = tools.HERE / "drivers"
    taken = {file for client in matrix.clients() for pattern in client.driver for file in drivers.glob(pattern)}
    found = {file for file in drivers.rglob("*.*") if file.suffix != ".pyc" and file.name != "__init__.py"}
    assert found == taken
