import pytest
from hypothesis import given
from hypothesis import strategies as st

from pharus.uploads import safe_media_type, safe_name, shorter

pytestmark = pytest.mark.no_database


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("Packing list.pdf", "Packing list.pdf"),
        ("../../etc/passwd", "passwd"),
        ("..\\..\\windows\\system.ini", "system.ini"),
        ("/etc/passwd", "passwd"),
        ("C:\\labels\\soap.pdf", "soap.pdf"),
        ("a/b\\c/d.txt", "d.txt"),
        # Nobody decodes this: it is a name like any other.
        ("%2e%2e%2fpasswd", "%2e%2e%2fpasswd"),
        ("..", "document"),
        (".", "document"),
        ("...", "document"),
        ("/", "document"),
        ("", "document"),
        (" \t\n", "document"),
        ("folder/", "document"),
        ("a\r\nSet-Cookie: x.txt", "aSet-Cookie: x.txt"),
        ("tab\there\x7f\x85\u2028.txt", "tabhere.txt"),
        ("label\u202efdp.exe", "labelfdp.exe"),
        ("\ufeff\u200flabel.txt", "label.txt"),
        ("Seife \U0001f9fc.pdf", "Seife \U0001f9fc.pdf"),
        (
            "family \U0001f468\u200d\U0001f469\u200d\U0001f467.png",
            "family \U0001f468\u200d\U0001f469\u200d\U0001f467.png",
        ),
        ("石鹸.pdf", "石鹸.pdf"),
        ("CON", "CON"),
        (".htaccess", ".htaccess"),
        ("name. . ", "name"),
        ("cafe\u0301.txt", "caf\u00e9.txt"),
        ("half \ud83d of a pair", "half  of a pair"),
    ],
)
def test_safe_name_is_no_path_and_hides_nothing(sent: str, kept: str) -> None:
    assert safe_name(sent) == kept


def test_safe_name_is_cut_before_its_suffix() -> None:
    assert safe_name("a" * 10_000 + ".pdf") == "a" * 251 + ".pdf"
    assert safe_name("a" * 10_000) == "a" * 255
    assert safe_name("a." + "b" * 10_000) == "a." + "b" * 253
    assert safe_name("." + "b" * 10_000) == "." + "b" * 254
    assert safe_name("x" * 255) == "x" * 255


@given(st.text())
def test_safe_name_of_any_text_is_one_segment_of_a_path(text: str) -> None:
    name = safe_name(text)
    assert 1 <= len(name) <= 255
    assert not set(name) & set("/\\\0\r\n")
    assert name not in (".", "..")
    assert safe_name(name) == name
    name.encode()


@given(st.text(min_size=1), st.integers(30, 300))
def test_shorter_in_bytes_never_splits_a_character(text: str, most: int) -> None:
    cut = shorter(safe_name(text * 50), most, in_bytes=True)
    assert 0 < len(cut.encode()) <= most


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        (None, "application/octet-stream"),
        ("", "application/octet-stream"),
        ("application/pdf", "application/pdf"),
        (" Text/Plain ; charset=utf-8", "text/plain"),
        ("image/svg+xml", "image/svg+xml"),
        ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",) * 2,
        ("pdf", "application/octet-stream"),
        ("text/html\r\nX-Injected: 1", "application/octet-stream"),
        ("a/b/c", "application/octet-stream"),
        ("*/*", "application/octet-stream"),
        ("x" * 200 + "/y", "application/octet-stream"),
    ],
)
def test_safe_media_type_is_one_or_the_default(sent: str | None, kept: str) -> None:
    assert safe_media_type(sent) == kept
