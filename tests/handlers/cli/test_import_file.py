"""`pharus import` as a command."""

from pathlib import Path

from tests.api import Api
from tests.contract import audit
from tests.handlers.cli.test_commands import pharus, refused


def _import(admin: Api, file: Path, *arguments: str, answers: int = 2) -> tuple[int, str, str]:
    # The command is no client of the tests: it asks for the document, which nobody judges, and sends one request.
    audit.give_up(admin.address, answers)
    result = pharus(
        *("import", str(file), "--operation", "bulkImportVendors", "--address", admin.address, *arguments),
        PHARUS_IMPORT_TOKEN=admin.token or "",
    )
    return result.returncode, result.stdout, result.stderr.splitlines()[-1]


def test_file_is_checked_and_stored_once(admin: Api, tmp_path: Path) -> None:
    file = tmp_path / "suppliers.csv"
    file.write_bytes("Supplier;QBO id\r\nMüller;1\r\nWax;1\r\n".encode("cp1252"))
    code, lines, said = _import(admin, file, "--columns", "Supplier=name", "--dry-run")
    assert (code, said) == (1, "Nothing was stored: no row was stored.")
    assert lines == "B3\t/rows/1/qboId\tanother vendor has this qboId\n"
    file.write_bytes("Supplier;QBO id\r\nMüller;1\r\nWax;2\r\n".encode("cp1252"))
    assert _import(admin, file, "--columns", "Supplier=name", "--dry-run")[::2] == (
        0,
        "2 rows can be stored, 0 refused.",
    )
    for _ in range(2):
        stored = _import(admin, file, "--columns", "Supplier=name")
        assert stored == (0, "", "2 rows stored, 0 refused.")
    assert [vendor["name"] for vendor in admin.get("/api/vendors").json()["data"]] == ["Müller", "Wax"]
    code, lines, said = _import(admin, file, "--columns", "Supplier=name", "--partial")
    assert (code, said) == (1, "0 rows stored, 2 refused.")
    assert [line.split("\t")[0] for line in lines.splitlines()] == ["row 2", "row 3"]


def test_what_cannot_be_used_is_refused_with_a_sentence(admin: Api, tmp_path: Path) -> None:
    file = tmp_path / "suppliers.csv"
    file.write_text("name\nWax\n", encoding="utf-8")
    token = admin.token or ""
    arguments = ("import", str(file), "--address", admin.address)
    audit.give_up(admin.address)
    said = refused(pharus(*arguments, "--operation", "createVendor", PHARUS_IMPORT_TOKEN=token))
    assert "createVendor takes no file; these do: bulkImportBoms, " in said
    audit.give_up(admin.address)
    assert "refuses it" in refused(pharus(*arguments, "--operation", "bulkImportVendors", PHARUS_IMPORT_TOKEN="no"))
    away = pharus("import", str(file), "--address", "http://127.0.0.1:9", "--operation", "x", PHARUS_IMPORT_TOKEN="x")
    assert "does not answer" in refused(away)
    other = file.rename(tmp_path / "suppliers.ods")
    assert "ends with none of" in pharus("import", str(other), "--operation", "x", PHARUS_IMPORT_TOKEN="x").stderr
