from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from codegen import released
from codegen.released import CHECKOUT, FOLDER, main
from pharus.openapi import Document, parse

pytestmark = pytest.mark.no_database


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    (tmp_path / "openapi.yaml").write_text((CHECKOUT / "openapi.yaml").read_text())
    (tmp_path / "CHANGELOG.md").write_text("# Changelog\n\n## Unreleased\n\n- Faster.\n")
    return tmp_path


def run(root: Path, *arguments: str) -> Result:
    return CliRunner().invoke(main, ["--root", str(root), *arguments])


def change(root: Path, version: str, *, most: int) -> None:
    content = parse((root / "openapi.yaml").read_bytes())
    content["info"]["version"] = version
    content["components"]["schemas"]["VendorCreate"]["properties"]["name"]["maxLength"] = most
    (root / "openapi.yaml").write_text(json.dumps(content))


def test_this_checkout_breaks_nothing_it_has_not_announced() -> None:
    result = run(CHECKOUT, "--check")
    assert result.exit_code == 0, result.output


def test_nothing_released_breaks_nothing(checkout: Path) -> None:
    result = run(checkout, "--check")
    assert (result.exit_code, "No document has been released" in result.output) == (0, True)


def test_released_document_is_kept_whole_but_for_its_words(checkout: Path) -> None:
    assert run(checkout).exit_code == 0
    kept = released.last(checkout)
    assert kept is not None
    whole = Document.load(checkout / "openapi.yaml")
    assert set(kept.content["paths"]) == set(whole.content["paths"])
    assert set(kept.schemas) == set(whole.schemas)
    for name, schema in whole.schemas.items():
        assert list(kept.schemas[name].get("properties", {})) == list(schema.get("properties", {})), name
    text = json.dumps(kept.content["paths"]["/api/vendors"])
    assert "Adds a vendor" not in text
    (file,) = (checkout / FOLDER).iterdir()
    first = file.read_bytes()
    assert run(checkout).exit_code == 0
    assert file.read_bytes() == first
    assert len(first) < 100_000


def test_version_is_released_once(checkout: Path) -> None:
    change(checkout, "0.1.0", most=200)
    run(checkout)
    change(checkout, "0.1.0", most=300)
    result = run(checkout)
    assert (result.exit_code, "raise info.version" in result.output) == (1, True)


def test_check_compares_with_the_highest_version_and_reads_the_changelog(checkout: Path) -> None:
    for version, most in (("0.9.0", 100), ("0.10.0", 200)):
        change(checkout, version, most=most)
        assert run(checkout).exit_code == 0
    assert run(checkout, "--check").exit_code == 0
    change(checkout, "0.11.0", most=150)
    result = run(checkout, "--check")
    assert result.exit_code == 1
    assert "`createVendor` body/name: maxLength is 150 now, was 200" in result.output
    assert "`bulkImportVendors` body/rows/-/name" in result.output
    announced = (
        "# Changelog\n\n## 0.11.0\n\n### Breaking\n\n- `createVendor` and `bulkImportVendors` take shorter names.\n"
    )
    (checkout / "CHANGELOG.md").write_text(announced)
    result = run(checkout, "--check")
    assert (result.exit_code, result.output) == (0, "2 breaking changes, all of them announced.\n")


def test_check_refuses_to_take_away_what_was_not_deprecated(checkout: Path) -> None:
    assert run(checkout).exit_code == 0
    content = parse((checkout / "openapi.yaml").read_bytes())
    del content["paths"]["/api/vendors/{id}"]["delete"]
    content["info"]["version"] = "99.0.0"
    (checkout / "openapi.yaml").write_text(json.dumps(content))
    announced = "# Changelog\n\n## 99.0.0\n\n### Breaking\n\n- `deleteVendor` is gone.\n"
    (checkout / "CHANGELOG.md").write_text(announced)
    result = run(checkout, "--check")
    assert result.exit_code == 1
    assert "`deleteVendor` DELETE /api/vendors/{id}: is gone" in result.output
    assert "180 days" in result.output


def test_check_refuses_a_mark_without_its_dates(checkout: Path) -> None:
    content = parse((checkout / "openapi.yaml").read_bytes())
    content["paths"]["/api/vendors"]["get"]["deprecated"] = True
    (checkout / "openapi.yaml").write_text(json.dumps(content))
    result = run(checkout, "--check")
    assert (result.exit_code, "listVendors: deprecated needs x-deprecated-since" in result.output) == (1, True)
