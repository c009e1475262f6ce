from email.message import Message

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pharus.content_disposition import attachment
from pharus.uploads import safe_name

pytestmark = pytest.mark.no_database


@pytest.mark.parametrize(
    ("name", "header"),
    [
        ("Packing list.pdf", 'attachment; filename="Packing list.pdf"'),
        ('say "hi".txt', "attachment; filename=\"say _hi_.txt\"; filename*=UTF-8''say%20%22hi%22.txt"),
        ("Übersicht.pdf", "attachment; filename=\"Ubersicht.pdf\"; filename*=UTF-8''%C3%9Cbersicht.pdf"),
        ("50%41.txt", "attachment; filename=\"50_41.txt\"; filename*=UTF-8''50%2541.txt"),
        ("a\r\nb.txt", "attachment; filename=\"a__b.txt\"; filename*=UTF-8''a%0D%0Ab.txt"),
        ("a;b=c.txt", "attachment; filename=\"a_b_c.txt\"; filename*=UTF-8''a%3Bb%3Dc.txt"),
    ],
)
def test_attachment_says_the_name_in_full_and_in_plain_letters(name: str, header: str) -> None:
    assert attachment(name) == header


@given(st.text())
def test_attachment_of_any_name_is_one_line_that_gives_it_back(text: str) -> None:
    name = safe_name(text)
    header = attachment(name)
    assert header.isascii()
    assert header.isprintable()
    message = Message()
    message["Content-Disposition"] = header
    assert message.get_content_disposition() == "attachment"
    assert message.get_filename() == name or "filename*" in header
