import sys
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pharus.email_addresses import canonical_email

SAME = [
    ("ada@example.com", " ADA@Example.COM "),
    ("ünï@example.com", "ÜNÏ@example.com"),
    ("ünï@example.com", unicodedata.normalize("NFD", "ünï@example.com")),
    ("ada@bücher.example", "ada@BÜCHER.example"),
    ("ada@bücher.example", "ada@xn--bcher-kva.example"),
    ("ada@bücher.example", "ada@XN--BCHER-KVA.example"),
    ("οδοσ@example.com", "ΟΔΟΣ@example.com"),
    ("οδος@example.com", "ΟΔΟΣ@example.com"),
    ("δοκιμή@παράδειγμα.δοκιμή", "ΔΟΚΙΜΉ@παράδειγμα.δοκιμή"),
    ("用户@例子.测试", "用户@xn--fsqu00a.xn--0zwm56d"),
]
DIFFERENT = [
    ("kim@example.com", "\u212aim@example.com"),
    ("ada@kiosk.example", "ada@\u212aiosk.example"),
    ("sam@example.com", "\u017fam@example.com"),
    ("info@example.com", "\u0130nfo@example.com"),
    ("strasse@example.com", "straße@example.com"),
    ("a;b@example.com", "a\u037eb@example.com"),
    ("ada@example.com", "ada@\uff45xample.com"),
    ("ﬁn@example.com", "fin@example.com"),
    ("ada@strasse.example", "ada@straße.example"),
    ("ada@οδος.example", "ada@οδοσ.example"),
]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_canonical_email_is_the_same_for_spellings_of_one_address(one: str, other: str) -> None:
    assert canonical_email(one) == canonical_email(other)


@pytest.mark.parametrize(("one", "other"), DIFFERENT)
def test_canonical_email_keeps_addresses_apart_that_only_look_alike(one: str, other: str) -> None:
    assert canonical_email(one) != canonical_email(other)


def test_canonical_email_never_makes_an_ascii_character_of_another() -> None:
    """Blocks at once; a character that became an x would be missing in what comes out."""
    for begin in range(0x80, sys.maxunicode + 1, 0x80):
        characters = [chr(number) for number in range(begin, begin + 0x80) if not 0xD800 <= number < 0xE000]
        local = canonical_email(f"x{'x'.join(characters)}x@example.com").partition("@")[0]
        assert len([character for character in local if character != "x"]) >= len(characters), hex(begin)
        assert set(local) - {"x"} <= {character for character in local if not character.isascii()}, hex(begin)


@given(st.text(max_size=30), st.text(max_size=30))
def test_canonical_email_is_canonical_itself(local: str, domain: str) -> None:
    once = canonical_email(f"{local}@{domain}")
    assert canonical_email(once) == once


def test_canonical_email_of_what_is_no_address_is_a_text_all_the_same() -> None:
    assert [canonical_email(text) for text in ("", "@", "Nobody", "a@b@C.example", "a@..Ü")] == [
        "",
        "@",
        "nobody",
        "a@b@c.example",
        "a@..xn--tda",
    ]
