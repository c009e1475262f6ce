"""What the pages and the comments refer to exists: sections of docs/rules.md, files, links, make targets."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

pytestmark = pytest.mark.no_database

ROOT = Path(__file__).parent.parent
TREES = ("pharus", "handlers", "plugins", "codegen", "contract", "tests", "bench", "docs")
PAGES = [
    *sorted(page for page in ROOT.glob("*.md") if page.name != "CHANGELOG.md"),
    *sorted((ROOT / "docs").rglob("*.md")),
    ROOT / ".github" / "pull_request_template.md",
]
# The files of a new plugin's repository, as its author sees them.
SCAFFOLD = ROOT / "codegen" / "templates" / "plugin"
TARGETS = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
WORKFLOW = ROOT / ".github" / "workflows" / "ci.yml"

SECTIONS = set(re.findall(r"^#+ (.+)$", (ROOT / "docs" / "rules.md").read_text(encoding="utf-8"), re.MULTILINE))

# What is written in backticks and is no file of this repository: its name may end like one.
_SUFFIXES = r"(?:py|md|ya?ml|sql|json|toml|txt|j2|jinja)"
_PATH = re.compile(rf"`((?:[\w.-]+/)+[\w.-]*|[\w.-]+\.{_SUFFIXES})`")


def _name(path: Path) -> str:
    return str(path.relative_to(ROOT))


def _sources() -> Iterator[Path]:
    for tree in TREES:
        for file in sorted((ROOT / tree).rglob("*")):
            if file.suffix in (".py", ".sql", ".md", ".j2", ".jinja") and "node_modules" not in file.parts:
                yield file
    yield from ROOT.glob("*.md")
    yield ROOT / "openapi.yaml"


def _cited(text: str) -> Iterator[str]:
    """The sections behind each `docs/rules.md,` until the citation ends; lines and comment marks do not count."""
    joined = re.sub(r"\s+(?:(?:#|--)\s+)?", " ", text)
    for match in re.finditer(r"(?<!\[)docs/rules\.md, ([A-Z][^).:\"`]*)", joined):
        yield from match[1].rstrip().split("; ")


def test_cited_sections_of_the_rules_exist() -> None:
    cited = [(_name(file), section) for file in _sources() for section in _cited(file.read_text(encoding="utf-8"))]
    assert len(cited) > 20
    assert [(file, section) for file, section in cited if section not in SECTIONS] == []


def test_rules_are_cited_by_their_path() -> None:
    """A bare `rules.md` would lead a reader nowhere."""
    bare = re.compile(r"(?<![\w/])rules\.md|contract,\s+README")
    code = [file for file in _sources() if file.suffix != ".md" and file != Path(__file__)]
    assert [_name(file) for file in code if bare.search(file.read_text(encoding="utf-8"))] == []


def test_files_that_pages_name_exist() -> None:
    named = [(page, path) for page in PAGES for path in _PATH.findall(page.read_text(encoding="utf-8"))]
    assert len(named) > 300
    assert [f"{_name(page)}: {path}" for page, path in named if not _exists(page, path)] == []


def test_links_of_pages_lead_somewhere() -> None:
    links = re.compile(r"\]\(([^)#\s]+)(?:#[^)]*)?\)")
    targets = [(page, target) for page in PAGES for target in links.findall(page.read_text(encoding="utf-8"))]
    assert len(targets) > 100
    missing = [
        f"{_name(page)}: {target}"
        for page, target in targets
        if not re.match(r"[a-z]+:", target) and not (page.parent / target).exists()
    ]
    assert missing == []


def test_index_of_decisions_lists_every_record() -> None:
    folder = ROOT / "docs" / "adr"
    index = (folder / "README.md").read_text(encoding="utf-8")
    records = sorted(file for file in folder.glob("*.md") if file.name != "README.md")
    for record in records:
        number, title = re.fullmatch(r"# (\d{4})\. (.+)", record.read_text(encoding="utf-8").splitlines()[0]).groups()
        assert record.name.startswith(f"{number}-")
        assert f"[{number}]({record.name}) | {title} |" in index
        assert re.findall(r"^## (.+)$", record.read_text(encoding="utf-8"), re.MULTILINE) == [
            "Context",
            "Decision",
            "Consequences",
        ]


def test_symbols_of_the_glossary_are_where_it_says() -> None:
    """A row of it ends in the file and the name to search for: `pharus/db.py` `unit_of_work`."""
    text = (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8")
    rows = re.findall(r"`([\w./-]+\.(?:py|sql))` `([^`]+)`", text)
    assert len(rows) > 40
    missing = [
        (path, symbol)
        for path, symbol in rows
        if not (ROOT / path).exists()
        or re.search(rf"\b{re.escape(symbol)}\b", (ROOT / path).read_text(encoding="utf-8")) is None
    ]
    assert missing == []


def test_make_targets_of_pages_exist() -> None:
    command = re.compile(r"(?:`|^|&& )make ([a-z][a-z-]*)", re.MULTILINE)
    named = [(page, target) for page in PAGES for target in command.findall(page.read_text(encoding="utf-8"))]
    assert len(named) > 20
    assert [f"{_name(page)}: {target}" for page, target in named if target not in TARGETS] == []


def test_workflow_runs_targets_of_the_makefile_and_nothing_else() -> None:
    jobs = yaml.safe_load(WORKFLOW.read_text(encoding="utf-8"))["jobs"]
    commands = set()
    for job in jobs.values():
        chosen = job.get("strategy", {}).get("matrix", {}).get("target", [""])
        for step in job["steps"]:
            if "run" in step:
                commands |= {step["run"].replace("${{ matrix.target }}", target) for target in chosen}
    assert {"make install", "make check", "make test"} <= commands
    assert {command for command in commands if command.removeprefix("make ") not in TARGETS} == set()


def test_workflow_runs_every_python_that_is_promised_at_both_ends() -> None:
    promised = re.findall(r"Python :: (3\.\d+)", (ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    jobs = yaml.safe_load(WORKFLOW.read_text(encoding="utf-8"))["jobs"]
    assert jobs["test"]["strategy"]["matrix"]["python"] == [promised[0], promised[-1]]


def _exists(page: Path, path: str) -> bool:
    """As written from the top, from beside the page, in a scaffolded plugin, or, a bare name, anywhere in the trees."""
    if any(candidate.exists() for candidate in (ROOT / path, page.parent / path, SCAFFOLD / f"{path}.j2")):
        return True
    if "/" in path:
        # Paths of other repositories and of the web begin with a folder that this one lacks.
        return not (ROOT / path.split("/", maxsplit=1)[0]).is_dir()
    return any(next((ROOT / tree).rglob(path), None) for tree in TREES)
