"""docs/guides/: a page for each story, made of its workflow; and the same pages as HTML, as the server shows them."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from codegen.arazzo import SUFFIX, Reference, Step, Story, load
from codegen.client_operations import client_operations
from codegen.guide_curl import Curl
from codegen.guide_python import Python
from codegen.guide_samples import Notation, Program, variable
from codegen.guide_typescript import TypeScript
from codegen.operations import operations
from codegen.rendering import templates
from codegen.write import MARK
from pharus.openapi import Document, InvalidDocument

FOLDER = "docs/guides"
SERVED = "handlers/http/guide_pages"
GENERATED = (f"{FOLDER}/*.md", f"{SERVED}/*.html")

LANGUAGES: tuple[type[Program], ...] = (Curl, Python, TypeScript)

_LEFT_OUT = "…"


@dataclass(frozen=True)
class Sample:
    language: str
    fence: str
    text: str


@dataclass(frozen=True)
class Section:
    """One step. `answer` is what of its answer the story is about, as JSON."""

    step: Step
    samples: list[Sample]
    answer: str


@dataclass(frozen=True)
class Page:
    story: Story
    before: Story | None
    next: Story | None
    begin: list[Sample]
    sections: list[Section]

    @property
    def environment(self) -> dict[str, str]:
        return {variable(name): meaning for name, meaning in self.story.inputs.items()}

    @property
    def source(self) -> str:
        return f"{self.story.name}{SUFFIX}"


def guide_files(root: Path, document: Document) -> dict[str, str]:
    """The text of each page by its path from the project's root. Raises InvalidDocument."""
    stories = load(root / FOLDER, operations(document))
    methods = client_operations(document)
    by_name = {story.name: story for story in stories}
    following = {story.after: story for story in stories}
    pages = []
    for story in stories:
        programs = [language(document, methods, story) for language in LANGUAGES]
        before = by_name[story.after] if story.after else None
        begin = [Sample(each.language, each.fence, each.begin()) for each in programs]
        pages.append(Page(story, before, following.get(story.name), begin, list(_sections(story, programs))))
    markdown, page_of_html = templates(), templates().overlay(autoescape=True)
    page_of_html.filters["inline"] = _inline
    context: dict[str, Any] = {"mark": MARK, "pages": pages, "languages": [each.language for each in LANGUAGES]}
    files = {
        f"{FOLDER}/README.md": markdown.get_template("guides/index.md.j2").render(context),
        f"{SERVED}/index.html": page_of_html.get_template("guides/index.html.j2").render(context),
    }
    for page in pages:
        name = page.story.name
        files[f"{FOLDER}/{name}.md"] = markdown.get_template("guides/page.md.j2").render(context, page=page)
        files[f"{SERVED}/{name}.html"] = page_of_html.get_template("guides/page.html.j2").render(context, page=page)
    return files


def _sections(story: Story, programs: list[Program]) -> Iterator[Section]:
    for step in story.steps:
        samples = [Sample(each.language, each.fence, each.step(step)) for each in programs]
        yield Section(step, samples, Notation().lay_out(_excerpt(step)))


def _excerpt(step: Step) -> Any:
    """What the step takes of its answer, and what it expects of it."""
    found: Any = None
    for pointer in step.outputs.values():
        found = _put(found, pointer, _LEFT_OUT)
    for criterion in step.criteria:
        if criterion.pointer is not None:
            expected = criterion.expected
            if criterion.is_pattern:
                expected = expected.removeprefix("^") + _LEFT_OUT
            found = _put(found, criterion.pointer, _LEFT_OUT if isinstance(expected, Reference) else expected)
    return found


def _put(node: Any, pointer: tuple[str, ...], value: Any) -> Any:
    if not pointer:
        return value
    key, *rest = pointer
    if key.isdigit():
        node = [] if node is None else node
        if int(key) > len(node):
            raise InvalidDocument(f"An answer is shown without what comes before /{'/'.join(pointer)}.")
        before = node[int(key)] if int(key) < len(node) else None
        return [*node[: int(key)], _put(before, tuple(rest), value), *node[int(key) + 1 :]]
    node = {} if node is None else node
    return {**node, key: _put(node.get(key), tuple(rest), value)}


def _inline(text: str) -> str:
    """A sentence as HTML; of Markdown it has `code` alone."""
    return re.sub(r"`([^`]+)`", r"<code>\1</code>", html.escape(text, quote=False))
