"""Whatever the texts of an order are, it is printed."""

import asyncio
import unicodedata
from collections.abc import Iterator
from dataclasses import fields, replace

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from handlers.workers.renderers import Renderers
from pharus.pdf.paper import Party
from plugins.purchase_orders import pdf
from plugins.purchase_orders.pdf import PrintedOrder
from tests.pharus.pdf.test_rendering import text_of
from tests.plugins.purchase_orders.test_pdf import ORDER, lines, make

pytestmark = pytest.mark.no_database

# What has no shape, what stacks, what joins, what changes direction.
ODD = (
    "\u3164\u115f\u1160\uffa0\u17b4\u17b5\u034f\u00ad\u2800\ufeff\u200b\u200c\u200d\u202e\u2066\u2069\ufe0f\ufe0e"
    "\u180b\u180e\U000e0041\U000e0100\ufffe\U0010ffff\ue000\x00\t\x0b\u2028\xa0\u3000<&>'\"{}%"
    "\u0301\u0316\u0336\u20e3\u20dd\u05b0\u064b\u0e34\u0f90\u093c\u0488"
    "क्षรฺཀก្ខျကﷺ﷽😀👍🏽🇩🇪☎❤1#👩🏴\U0001fae8e漢한アش\u0640"
)
texts = st.one_of(
    st.text(max_size=60),
    st.text(st.sampled_from(ODD), min_size=1, max_size=80),
    # One thing many times.
    st.builds(
        lambda text, times: text * times, st.text(st.sampled_from(ODD), min_size=1, max_size=3), st.integers(1, 100)
    ),
)
parties = st.builds(Party, **{field.name: texts for field in fields(Party)})
orders = st.builds(
    replace,
    st.just(ORDER),
    number=texts,
    status=texts,
    organization=parties,
    vendor=parties,
    ship_to=parties,
    lines=st.lists(texts, min_size=1, max_size=8).map(
        lambda names: [replace(line, code=name[::-1]) for line, name in zip(lines(names), names, strict=True)]
    ),
    notes=texts,
)


class Printer:
    """A process as the server has them, which prints order after order."""

    def __init__(self) -> None:
        self._runner = asyncio.Runner()
        self._renderers = self._runner.run(self._start())

    async def _start(self) -> Renderers:
        return Renderers(1, 60)

    def print(self, order: PrintedOrder) -> bytes:
        return self._runner.run(self._renderers.run(pdf.rendering(order)))

    def close(self) -> None:
        self._runner.close()


@pytest.fixture(scope="module")
def printer() -> Iterator[Printer]:
    printer = Printer()
    yield printer
    printer.close()


# To find the shortest text that fails takes minutes of printing; the one that was found says enough.
@settings(max_examples=10, phases=(Phase.explicit, Phase.reuse, Phase.generate))
@given(order=orders)
def test_any_text_is_printed(order: PrintedOrder) -> None:
    assert "Total" in text_of(make(order))


@pytest.mark.parametrize(
    "word",
    [
        "\u3164",
        "\u180b\u180c",
        "\u17b4\u17b5",
        "\U000e0100",
        "\u034f\u200d",
        "क्" * 60 + "क",
        "\u0f40" + "\u0f90" * 300,
        "e" + "\u0301" * 253,
        "e" + "\u0301" * 5000,
        "ก" + "\u0e34" * 253,
        "W" * 5000,
        "\U0001f468\u200d" * 1000,
    ],
    ids=lambda word: f"{unicodedata.name(word[0], '?')} and more, {len(word)}",
)
def test_words_that_are_none_are_printed_in_every_field(printer: Printer, word: str) -> None:
    everywhere = Party(**{field.name: word for field in fields(Party)})
    order = replace(
        ORDER, organization=everywhere, vendor=everywhere, ship_to=everywhere, lines=lines([word] * 3), notes=word
    )
    found = text_of(printer.print(order))
    assert "Subtotal" in found
    assert "RM-0003" in found


def test_emoji_of_an_order_are_printed_and_can_be_copied(printer: Printer) -> None:
    emoji = "😀 🧴 👩‍🔬 🇩🇪 👍🏽 ❤️‍🔥 1️⃣ 🫨"
    assert emoji in text_of(printer.print(replace(ORDER, lines=lines([emoji]))))
