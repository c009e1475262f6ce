"""The pages of the guides: each step whole, in the order of its story, in Markdown and in HTML alike."""

import html
import re
from pathlib import Path

import pytest

from codegen.arazzo import ORDER, Story, load
from codegen.guides import FOLDER, SERVED, guide_files
from codegen.operations import operations
from pharus.openapi import Document, InvalidDocument

pytestmark = pytest.mark.no_database

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def document() -> Document:
    return Document.load(ROOT / "openapi.yaml")


@pytest.fixture(scope="module")
def files(document: Document) -> dict[str, str]:
    return guide_files(ROOT, document)


@pytest.fixture(scope="module")
def stories(document: Document) -> dict[str, Story]:
    return {story.name: story for story in load(ROOT / FOLDER, operations(document))}


def _code(page: str) -> list[str]:
    """The pieces of code of a page, in order."""
    return [html.unescape(each) for each in re.findall(r"<pre[^>]*><code>(.*?)</code></pre>", page, re.DOTALL)]


@pytest.mark.parametrize("name", ORDER)
def test_page_has_every_step_with_its_sentence_and_operation(
    name: str, files: dict[str, str], stories: dict[str, Story]
) -> None:
    page, story = files[f"{FOLDER}/{name}.md"], stories[name]
    place = 0
    for number, step in enumerate(story.steps, 1):
        found = page.index(f"## {number}. {step.title}\n\n{step.sentence}\n", place)
        assert found > place
        place = page.index(f"`{step.operation.method} {step.operation.path}`", found)
    assert page.count("\n```json\n") == len(story.steps)


@pytest.mark.parametrize("name", ORDER)
def test_html_is_the_same_page(name: str, files: dict[str, str]) -> None:
    markdown = re.findall(r"^```\w+\n(.*?)\n```$", files[f"{FOLDER}/{name}.md"], re.MULTILINE | re.DOTALL)
    assert _code(files[f"{SERVED}/{name}.html"]) == markdown
    assert "`" not in re.sub(r"<pre.*?</pre>|<!--.*?-->", "", files[f"{SERVED}/{name}.html"], flags=re.DOTALL)


def test_index_says_of_each_story_what_happens_and_for_whom(files: dict[str, str], stories: dict[str, Story]) -> None:
    for index, link in ((files[f"{FOLDER}/README.md"], "({}.md)"), (files[f"{SERVED}/index.html"], 'href="{}"')):
        places = [index.rindex(link.format(name)) for name in ORDER]
        assert places == sorted(places)
        for story in stories.values():
            assert story.summary in index
            assert story.audience in index


def test_answer_shows_what_is_taken_from_it_and_what_it_must_be(files: dict[str, str]) -> None:
    page = files[f"{FOLDER}/undo.md"]
    assert '{"error": {"code": "conflict", "details": {"onHand": "50", "requested": "60"}}}' in page
    assert '{"data": [{"id": "…", "externalId": "DN-4738"}, {"id": "…", "externalId": "DN-4711"}]}' in page
    assert '"plaintext": "pharus_pat_…"' in files[f"{FOLDER}/first-sign-in.md"]


def test_answer_is_not_shown_with_a_row_left_out(document: Document, tmp_path: Path) -> None:
    for name in ORDER:
        text = (ROOT / FOLDER / f"{name}.arazzo.yaml").read_text(encoding="utf-8")
        file = tmp_path / FOLDER / f"{name}.arazzo.yaml"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text.replace("#/items/0/amount", "#/items/3/amount"), encoding="utf-8")
    with pytest.raises(InvalidDocument, match="without what comes before"):
        guide_files(tmp_path, document)
