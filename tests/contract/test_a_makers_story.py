"""A soap maker's spring in 40 steps, with every figure worked out by hand.

The oil comes in drums and is kept in kilograms; a batch loses some of it and leaves flakes besides; an order is shipped
in three parts, one of them from another place; some of it comes back. Then the first receipt of oil turns out to have
been another maker's, and is undone when a part of it has long been made into soap and sold.

The comments beside the figures show how they are reckoned: value is quantity x average, and the average is the value
of all that lies there by its quantity. Beyond twelve places values are rounded half up.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest

from pharus.providers import LocalProvider
from tests import launcher
from tests.api import Api
from tests.contract.makers_story.accounting import close_the_books, look_back_at_march
from tests.contract.makers_story.books import Books
from tests.contract.makers_story.correcting import make_the_last_batch, undo_the_first_receipt
from tests.contract.makers_story.finishing import ship_the_rest, tidy_up
from tests.contract.makers_story.making import buy_lavender, buy_oil, make_two_batches
from tests.contract.makers_story.selling import sell
from tests.contract.makers_story.settling_in import name_prices, settle_in
from tests.server import Server


@pytest.fixture
def seen(environment: dict[str, str], migrated_url: str, tmp_path: Path) -> dict[str, str]:
    """What server and commands see: a database and a folder of the story's own, for all that is in them is checked."""
    return {**environment, "PHARUS_DATABASE_URL": migrated_url, "PHARUS_DATA": str(tmp_path / "data")}


@pytest.fixture
def books(seen: dict[str, str], tmp_path: Path) -> Iterator[Books]:
    server = Server(seen, tmp_path / "log")
    token = LocalProvider(Path(seen["PHARUS_DATA"])).issue("mara@example.com")
    yield Books(Api(server.address, token))
    server.end()


def test_a_makers_story(books: Books, seen: dict[str, str]) -> None:
    settle_in(books)
    name_prices(books)
    buy_oil(books)
    buy_lavender(books)
    make_two_batches(books)
    sell(books)
    look_back_at_march(books)
    undo_the_first_receipt(books)
    make_the_last_batch(books)
    ship_the_rest(books)
    tidy_up(books)
    close_the_books(books)
    checked = launcher.run("check", environment=seen)
    assert (checked.returncode, checked.stdout) == (0, ""), checked.stdout + checked.stderr
