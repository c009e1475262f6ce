import io
import re
import socket
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from PIL import Image
from pypdf import PdfReader
from pypdf.generic import ContentStream, DictionaryObject

from pharus import pdf
from pharus.pdf import rendering

pytestmark = pytest.mark.no_database

# A sample of each kind of script, in the order of the letters on paper.
SAMPLES = {
    "Latin": "Přípravek Łódź Ví Dụ İstanbul ẹ́",
    "Greek": "Ελληνική εταιρεία",
    "Cyrillic": "Україна «Пример»",
    "Armenian": "Հայերեն",
    "Georgian": "ქართული",
    "Devanagari": "हिन्दी क्षेत्र कर्त्तव्य ५०० ग्राम।",
    "Bengali": "বাংলা ক্ষেত্র",
    "Tamil": "தமிழ் நிறுவனம் கொண்டு",
    "Telugu": "తెలుగు క్షేత్రం",
    "Malayalam": "മലയാളം ക്ഷേത്രം",
    "Sinhala": "සිංහල ශ්‍රී",
    "Thai": "ปั๊มน้ำมันผู้ผลิต",
    "Lao": "ບໍລິສັດ",
    "Tibetan": "བོད་སྐད",
    "Khmer": "ក្រុមហ៊ុន ភាសាខ្មែរ",
    "Myanmar": "မြန်မာ ကြက်ဥ",
    "Ethiopic": "አማርኛ ድርጅት",
    "Cherokee": "ᏣᎳᎩ",
    "Chinese": "样品有限公司 㗎",
    "Japanese": "株式会社サンプル",
    "Korean": "주식회사 예시",
    "Symbols": "½ ™ € ₹ № → ✓",
}


def text_of(file: bytes) -> str:
    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(file)).pages)


class Drawn(NamedTuple):
    """One piece of text as the page draws it: its text, and how wide it is in points."""

    text: str
    width: float


def pieces(file: bytes) -> list[Drawn]:
    """The pieces of all pages in the order in which they are drawn."""
    found = []
    for each in PdfReader(io.BytesIO(file)).pages:
        fonts = {name: _meanings(font.get_object()) for name, font in each["/Resources"]["/Font"].items()}  # type: ignore[index]
        font, size = {}, 0.0
        for operands, operator in ContentStream(each["/Contents"], each.pdf).operations:
            if operator == b"Tf":
                font, size = fonts[operands[0]], float(operands[1])
            elif operator == b"Tj":
                letters = [font[code] for code in operands[0].original_bytes]
                width = sum(letter.width for letter in letters) * size / 1000
                found.append(Drawn("".join(letter.text for letter in letters), width))
    return found


def drawn(file: bytes) -> str:
    return "".join(piece.text for piece in pieces(file)).strip()


def _meanings(font: DictionaryObject) -> dict[int, Drawn]:
    """The text of each code of a font, and its width in thousandths of its size."""
    if "/ToUnicode" not in font:
        return {code: Drawn(chr(code), 0) for code in range(256)}
    table = font["/ToUnicode"].get_object().get_data().decode("ascii")  # type: ignore[attr-defined]
    widths = font["/Widths"].get_object()
    return {
        int(code, 16): Drawn(bytes.fromhex(text).decode("utf-16-be"), float(widths[int(code, 16)]))  # type: ignore[index]
        for code, text in re.findall(r"^<([0-9A-F]{2})> <([0-9A-F]{4,})>$", table, re.MULTILINE)
    }


def page(body: str, style: str = "") -> str:
    return f"<html><head><style>@page {{ size: a4; margin: 2cm }} {style}</style></head><body>{body}</body></html>"


@pytest.mark.parametrize("script", SAMPLES)
@pytest.mark.parametrize("around", ["<p>{}</p>", "<table><tr><td><b>{}</b></td></tr></table>"])
def test_render_draws_every_script_and_gives_its_text_back(script: str, around: str) -> None:
    file = rendering.render(page(around.format(SAMPLES[script])))
    assert text_of(file).strip() == SAMPLES[script]


@pytest.mark.parametrize("word", ["שלום", "مرحبا", "کۆمپانیای", "ܫܠܡܐ"])
@pytest.mark.parametrize("around", ["<p>{}</p>", "<table><tr><td><b>{}</b></td></tr></table>"])
def test_render_draws_right_to_left_words_from_the_right(word: str, around: str) -> None:
    file = rendering.render(page(around.format(f"abc {word} def")))
    assert drawn(file) == f"abc {word[::-1]} def"
    assert word in text_of(file)


def test_render_keeps_marks_with_their_letters_from_the_right() -> None:
    assert drawn(rendering.render(page("<p>שָׁלוֹם</p>"))) == "םוֹלשָׁ"


@pytest.mark.parametrize(
    ("written", "from_left_to_right"),
    [
        ("ABC אבג 123 (דה) DEF", "ABC (הד) 123 גבא DEF"),
        ("אבג ABC", "גבא ABC"),
        ("\u2068אבג ABC.\u2069 12", ".ABC גבא 12"),
        ("ب ت 12-34", "34-12 ت ب"),
    ],
)
def test_render_orders_what_runs_in_two_directions_like_unicode_says(written: str, from_left_to_right: str) -> None:
    assert drawn(rendering.render(page(f"<p>{written}</p>"))) == from_left_to_right


def test_render_draws_what_no_font_has_as_a_replacement() -> None:
    file = rendering.render(page("<p>a\U00013000b\ue000c\U0001e800d\u0378e</p>"))
    assert text_of(file).strip() == "a\ufffdb\ufffdc\ufffdd\ufffde"


def test_render_draws_the_letter_where_no_font_has_a_form_of_it() -> None:
    assert text_of(rendering.render(page("<p>\U0001d412\U0001d428\U0001d41a\U0001d429</p>"))).strip() == "Soap"


def test_render_drops_what_has_no_shape() -> None:
    file = rendering.render(page("<p>a\u200db\u200cc\ufe0fd\x01e\u00adf\u202eg\u3164\u115fh\U000e0100i\U000e0041j</p>"))
    assert text_of(file).strip() == "abcdefghij"


@pytest.mark.parametrize("word", ["\u3164", "\u180b\u180c", "\u17b4\u17b5", "\ufe0f", "\U000e0100"])
def test_render_draws_nothing_for_a_word_without_a_shape(word: str) -> None:
    assert text_of(rendering.render(page(f"<p>before {word} after</p>"))).split() == ["before", "after"]


def test_render_draws_marks_on_what_has_no_shape() -> None:
    assert "\u0301" in text_of(rendering.render(page("<p>a \u115f\u0301 b</p>")))


@pytest.mark.parametrize("sequence", ["👨‍👩‍👧‍👦", "🇩🇪", "👍🏽", "❤️‍🔥", "1️⃣", "#⃣", "☎️"])
def test_render_draws_a_sequence_of_emoji_as_one(sequence: str) -> None:
    file = rendering.render(page(f"<p>a {sequence} b</p>"))
    assert text_of(file).strip() == f"a {sequence} b"
    [alone] = [piece for piece in pieces(file) if sequence in piece.text]
    [face] = [piece for piece in pieces(rendering.render(page("<p>😀</p>"))) if "😀" in piece.text]
    # As wide as a face: not one picture beside another.
    assert alone.width < 2 * face.width


@pytest.mark.parametrize("letter", ["x", "W", "漢", "ส", "हि", "ش", "й́"])
def test_render_breaks_a_word_that_is_wider_than_the_page(letter: str) -> None:
    """600 letters in a cell: none is lost, and no line is wider than the cell."""
    cell = f"<table><tr><td width='33%'>{letter * 600}</td><td width='67%'>end</td></tr></table>"
    found = pieces(rendering.render(page(cell)))
    assert "".join(piece.text for piece in found).replace("end", "", 1).count(letter) == 600
    assert max(piece.width for piece in found) <= 0.33 * (210 - 2 * 20) / 25.4 * 72


@pytest.fixture
def listener() -> Iterator[tuple[int, list[object]]]:
    """A port that notes who connects to it."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        connections: list[object] = []

        def accept() -> None:
            while True:
                try:
                    connection, address = server.accept()
                except OSError:
                    return
                connections.append(address)
                connection.close()

        threading.Thread(target=accept, daemon=True).start()
        yield server.getsockname()[1], connections
        # A connection that was made is accepted before this one.
        socket.create_connection(server.getsockname()).close()
        server.shutdown(socket.SHUT_RDWR)


def test_render_fetches_nothing_even_for_a_template_that_asks(
    listener: tuple[int, list[object]], tmp_path: Path
) -> None:
    port, connections = listener
    Image.new("RGB", (8, 8), "red").save(tmp_path / "image.png")
    address = f"http://127.0.0.1:{port}"
    file = rendering.render(
        page(
            f'<link rel="stylesheet" href="{address}/a.css"><img src="{address}/b.png"><img src="{tmp_path}/image.png">'
            f'<img src="file://{tmp_path}/image.png"><a href="{address}/c">link</a>'
            f'<object data="{address}/d"></object><iframe src="{address}/e"></iframe>',
            f"@import url({address}/f.css); @font-face {{ font-family: x; src: url({address}/g.ttf) }} "
            f"body {{ background-image: url({address}/h.png) }} p {{ background: url(file:///etc/passwd) }}",
        )
    )
    assert connections == []
    assert not any(each.images for each in PdfReader(io.BytesIO(file)).pages)
    assert "root:" not in text_of(file)


def test_render_of_many_documents_forgets_the_fonts_it_made() -> None:
    from xhtml2pdf import default

    rendering.render(page("<p>हिन्दी</p>"))
    known = set(default.DEFAULT_FONT)
    for _ in range(3):
        assert text_of(rendering.render(page("<p>हिन्दी क</p>"))).strip() == "हिन्दी क"
    assert set(default.DEFAULT_FONT) == known


def test_render_shapes_text_and_not_what_stands_in_tags() -> None:
    html = '<html><head><title>हिन्दी</title></head><body><p title="हिन्दी">हिन्दी</p></body></html>'
    file = rendering.render(html)
    metadata = PdfReader(io.BytesIO(file)).metadata
    assert metadata is not None
    assert metadata.title == "हिन्दी"


def test_document_fills_the_template_and_renders_it(tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text(page("<p>{{ name }}</p>"))
    assert text_of(pdf.document(tmp_path / "page.html", {"name": "<i>Łódź</i>"})).strip() == "<i>Łódź</i>"
