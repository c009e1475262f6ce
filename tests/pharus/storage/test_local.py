import io
import os
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from pharus.storage.local import LocalStore

pytestmark = pytest.mark.no_database

PATH = "orgs/1/sales_order/2/3-label.pdf"


@pytest.fixture
def store(tmp_path: Path) -> LocalStore:
    return LocalStore(tmp_path / "documents", "http://127.0.0.1:8000/")


def put(store: LocalStore, path: str, content: bytes = b"soap") -> None:
    store.put(path, io.BytesIO(content), "text/plain")


def everything(folder: Path) -> list[str]:
    return sorted(each.relative_to(folder).as_posix() for each in folder.rglob("*") if each.name != ".id")


def test_put_keeps_the_content_at_the_path_for_nobody_but_the_server(store: LocalStore) -> None:
    content = io.BytesIO(b"soap" * 1_000_000)
    content.seek(7)
    store.put(PATH, content, "text/plain")
    file = store.folder / PATH
    assert file.read_bytes() == b"soap" * 1_000_000
    assert file.stat().st_mode & 0o077 == 0
    assert store.file(PATH) == file
    assert list(store.paths()) == [PATH]


def test_put_that_fails_leaves_nothing_at_the_path(store: LocalStore, monkeypatch: pytest.MonkeyPatch) -> None:
    class Broken(io.BytesIO):
        def read(self, size: int | None = -1) -> bytes:
            raise OSError("the disk is gone")

    with pytest.raises(OSError, match="gone"):
        store.put(PATH, Broken(b"soap"), "text/plain")

    def refuse(*arguments: object) -> None:
        raise OSError("no more")

    for step in ("fsync", "replace"):
        with monkeypatch.context() as patch, pytest.raises(OSError, match="no more"):
            patch.setattr(os, step, refuse)
            put(store, PATH)
    assert list(store.paths()) == []
    assert [each for each in store.folder.rglob("*") if each.is_file() and each.name != ".id"] == []


def test_delete_takes_the_file_and_the_folders_that_become_empty(store: LocalStore) -> None:
    put(store, PATH)
    put(store, "orgs/1/purchase_order/4/5-a.txt")
    store.delete(PATH)
    assert everything(store.folder / "orgs") == [
        "1",
        "1/purchase_order",
        "1/purchase_order/4",
        "1/purchase_order/4/5-a.txt",
    ]
    store.delete(PATH)
    store.delete("orgs/9/sales_order/9/9-never.txt")
    store.delete("orgs/1/purchase_order/4/5-a.txt")
    assert everything(store.folder) == [".incoming"]


def test_delete_with_a_slash_takes_everything_below_and_nothing_beside(store: LocalStore) -> None:
    for path in (PATH, "orgs/1/purchase_order/4/5-a.txt", "orgs/10/sales_order/1/1-b.txt"):
        put(store, path)
    store.delete("orgs/1/")
    store.delete("orgs/1/")
    assert list(store.paths()) == ["orgs/10/sales_order/1/1-b.txt"]


def test_delete_of_everything_below_by_several_at_once_is_fine(store: LocalStore) -> None:
    for _ in range(10):
        for number in range(40):
            put(store, f"orgs/1/sales_order/{number % 7}/{number}")
        with ThreadPoolExecutor(4) as sweepers:
            assert list(sweepers.map(store.delete, ["orgs/1/"] * 4)) == [None] * 4
        assert list(store.paths()) == []


def test_paths_are_those_that_begin_so(store: LocalStore) -> None:
    for path in ("orgs/1/a/1/x", "orgs/1/a/10/y", "orgs/2/a/1/z"):
        put(store, path)
    assert sorted(store.paths("orgs/1/")) == ["orgs/1/a/1/x", "orgs/1/a/10/y"]
    assert list(store.paths("orgs/2/a/1/z")) == ["orgs/2/a/1/z"]
    assert list(store.paths("orgs/3/")) == []


@pytest.mark.parametrize(
    "path",
    [
        *("", "/", "/etc/passwd", "..", "../x", "orgs/../../x", "orgs//x", "orgs/./x", "orgs/1/", "a\0b", "a\\..\\b"),
        *(".id", ".incoming/x"),
    ],
)
def test_no_path_leads_out_of_the_folder(store: LocalStore, path: str) -> None:
    with pytest.raises(ValueError, match="is no path of a store"):
        store.file(path)
    with pytest.raises(ValueError, match="is no path of a store"):
        put(store, path)


def test_tidy_removes_what_a_killed_process_was_copying_and_leaves_what_is_being_copied(store: LocalStore) -> None:
    store.tidy()
    put(store, PATH)
    old, new = (store.folder / ".incoming" / name for name in ("old", "new"))
    old.write_bytes(b"half")
    new.write_bytes(b"half")
    os.utime(old, (0, 0))
    store.tidy()
    assert (old.exists(), new.exists()) == (False, True)
    assert list(store.paths()) == [PATH]


def test_id_belongs_to_the_folder(store: LocalStore, tmp_path: Path) -> None:
    again, other = LocalStore(store.folder, ""), LocalStore(tmp_path / "other", "")
    assert store.id == again.id == store.id
    assert other.id != store.id
    assert list(store.paths()) == []


def test_files_come_and_go_in_the_same_folder_at_once(store: LocalStore) -> None:
    """Who takes the last file takes the folder; who puts one meanwhile makes it anew."""
    failures: list[BaseException] = []

    def work(name: str) -> None:
        try:
            for number in range(60):
                path = f"orgs/1/sales_order/2/{name}-{number}"
                put(store, path)
                assert store.file(path).read_bytes() == b"soap"
                store.delete(path)
        except BaseException as error:  # noqa: BLE001 - the test fails with it
            failures.append(error)

    threads = [threading.Thread(target=work, args=(str(number),)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    assert list(store.paths()) == []


def test_get_writes_the_content_and_what_is_not_there_is_not_found(store: LocalStore) -> None:
    put(store, PATH, b"soap" * 1_000_000)
    target = io.BytesIO()
    store.get(PATH, target)
    assert target.getvalue() == b"soap" * 1_000_000
    with pytest.raises(FileNotFoundError):
        store.get(f"{PATH}x", io.BytesIO())
