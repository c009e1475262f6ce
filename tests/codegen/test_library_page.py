from pathlib import Path

import pytest

from codegen.library_page import HOMES, library_files
from pharus.openapi import InvalidDocument

ROOT = Path(__file__).parents[2]


def page(root: Path) -> str:
    ((path, text),) = library_files(root).items()
    assert path == "docs/reference/library.md"
    return text


def test_page_has_what_is_named_with_its_signature_and_docstring() -> None:
    text = page(ROOT)
    assert (
        "### `Invalid(problems: Iterable[Problem], message: str='the request is not valid', *, "
        "omitted: int=0)`\n\n```\nThe request is wrong by itself." in text
    )
    # What is reached as an object is called as plugins call it.
    assert "### `db.rows(sql: str, params: Sequence[Any] | None=None) -> list[tuple[Any, ...]]`" in text
    # Of a class with named members no others.
    unit = text.partition("### `Unit`")[2].partition("### ")[0]
    assert "today: date" in unit
    assert "callbacks" not in unit
    # A method that is named needs no docstring.
    assert "### `Caller.patch(path: str, json: Any=None) -> httpx.Response`" in text
    assert "Vetoed.by" not in text


def test_everything_on_the_page_says_what_it_is() -> None:
    section = ""
    for line in page(ROOT).splitlines():
        if section and line:
            assert line == "```" or section.startswith("### `Caller."), f"{section} has no docstring"
            section = ""
        if line.startswith("### "):
            section = line


def test_name_that_the_module_has_no_more_is_refused(tmp_path: Path) -> None:
    (tmp_path / "pharus").mkdir()
    (tmp_path / HOMES[0].file).write_text("class Invalid: ...\n", encoding="utf-8")
    with pytest.raises(InvalidDocument, match=r"pharus/errors\.py has no Problem"):
        library_files(tmp_path)


def test_folder_without_the_kernel_has_no_page(tmp_path: Path) -> None:
    assert library_files(tmp_path) == {}
