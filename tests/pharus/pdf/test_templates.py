from pathlib import Path

import jinja2
import pytest

from pharus.pdf.templates import fill

pytestmark = pytest.mark.no_database


def filled(folder: Path, value: object, template: str = "{{ value }}") -> str:
    (folder / "page.html").write_text(template, encoding="utf-8")
    return fill(folder / "page.html", {"value": value})


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("<b>&\"'", "&lt;b&gt;&amp;&#34;&#39;"),
        ("{{7*7}}", "{{7*7}}"),
        ("e\u0301", "é"),
        ("a\x00b\x1bc\nd", "a b c d"),
        ("a\u202eb\u2066c\u200e\ufeff\u00ad", "abc"),
        ("\ud800", "\ufffd"),
        ("می\u200cخواهم", "\u2068می\u200cخواهم\u2069"),  # noqa: RUF001
        ("שלום 1.", "\u2068שלום 1.\u2069"),  # noqa: RUF001
        (7, "7"),
    ],
)
def test_fill_prints_a_value_as_text(tmp_path: Path, value: object, text: str) -> None:
    assert filled(tmp_path, value) == text


def test_fill_keeps_the_markup_of_the_template(tmp_path: Path) -> None:
    template = "{% macro bold(text) %}<b>{{ text }}</b>{% endmacro %}{{ bold(value) }}"
    assert filled(tmp_path, "<i>", template) == "<b>&lt;i&gt;</b>"


def test_fill_refuses_a_name_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(jinja2.UndefinedError):
        filled(tmp_path, 1, "{{ vlaue }}")


def test_fill_reads_no_template_outside_of_the_folder(tmp_path: Path) -> None:
    (tmp_path / "secret.html").write_text("secret")
    (tmp_path / "templates").mkdir()
    with pytest.raises(jinja2.TemplateNotFound):
        filled(tmp_path / "templates", 1, "{% include '../secret.html' %}")
