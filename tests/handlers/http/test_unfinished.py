"""Operations that answer with a file, at a real server with a plugin of another distribution."""

import signal
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import psutil
import pytest

from tests.api import Api, error_code
from tests.handlers.workers.test_renderers import alive, wait_for
from tests.server import Server

RENDER_SECONDS = 5


@pytest.fixture(scope="module")
def start(environment: dict[str, str], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[], Server]]:
    installed = tmp_path_factory.mktemp("installed")
    metadata = installed / "printing-1.0.dist-info"
    metadata.mkdir()
    (metadata / "METADATA").write_text("Metadata-Version: 2.1\nName: printing\nVersion: 1.0\n")
    (metadata / "entry_points.txt").write_text("[pharus]\nprinting = tests.handlers.printing\n")
    settings = {"PYTHONPATH": str(installed), "PHARUS_RENDER_SECONDS": str(RENDER_SECONDS), "PHARUS_THREADS": "1"}
    started: list[Server] = []

    def make() -> Server:
        started.append(Server({**environment, **settings}, tmp_path_factory.mktemp("printing") / "log"))
        return started[-1]

    yield make
    for server in started:
        server.process.kill()
        server.process.wait(30)


@pytest.fixture(scope="module")
def printer(start: Callable[[], Server]) -> Server:
    return start()


@pytest.fixture
def caller(printer: Server, member: Api) -> Api:
    return Api(printer.address, member.token)


def ask(caller: Api, kind: str, *arguments: object, name: str = "PO-1") -> httpx.Response:
    return caller.post("/api/x/printing/files", {"kind": kind, "name": name, "arguments": list(arguments)})


def vendors(caller: Api) -> list[str]:
    return [vendor["name"] for vendor in caller.get("/api/vendors").json()["data"]]


def children(server: Server) -> list[psutil.Process]:
    return psutil.Process(server.pid).children(recursive=True)


def test_file_is_answered_with_its_type_its_length_and_its_name(caller: Api) -> None:
    response = ask(caller, "echo", "Ä")
    assert (response.status_code, response.content) == (200, "Ä".encode())
    assert response.headers["content-type"] == "application/pdf"
    assert response.headers["content-length"] == "2"
    assert response.headers["content-disposition"] == 'attachment; filename="PO-1.pdf"'
    assert response.headers["x-content-type-options"] == "nosniff"
    assert len(response.headers["x-request-id"]) == 16


@pytest.mark.parametrize("name", ['a"b', "Übersicht", "a\r\nSet-Cookie: a=b", "../x; filename=y"])
def test_name_of_a_file_cannot_write_headers(caller: Api, name: str) -> None:
    response = ask(caller, "echo", name=name)
    assert response.status_code == 200
    assert "set-cookie" not in response.headers
    assert response.headers["content-disposition"].startswith("attachment; filename")


def test_operation_that_may_answer_a_file_may_answer_json_as_well(caller: Api) -> None:
    response = ask(caller, "json")
    assert (response.headers["content-type"], response.json()) == ("application/json", {"made": "PO-1"})
    assert "content-disposition" not in response.headers


def test_file_is_asked_for_in_the_order_of_every_request(caller: Api, viewer: Api, printer: Server) -> None:
    assert ask(Api(printer.address), "echo").status_code == 401
    assert ask(Api(printer.address, viewer.token), "echo").status_code == 403
    assert ask(caller, "echo", name="").status_code == 422


def test_file_is_made_once_the_transaction_has_committed_and_holds_no_thread(caller: Api, tmp_path: Path) -> None:
    """The server has one thread: while the file is made, it answers others, and they see what was written."""
    done, begun = tmp_path / "done", tmp_path / "begun"
    with ThreadPoolExecutor(1) as pool:
        waiting = pool.submit(ask, caller, "wait_for", str(done), str(begun), name="committed")
        wait_for(begun)
        assert vendors(caller) == ["committed"]
        assert not waiting.done()
        done.touch()
        assert waiting.result(30).content == b"waited"


def test_file_that_takes_too_long_is_503_and_the_server_goes_on(caller: Api, printer: Server, tmp_path: Path) -> None:
    begun = tmp_path / "begun"
    response = ask(caller, "wait_for", str(tmp_path / "never"), str(begun), name="late")
    assert (response.status_code, error_code(response)) == (503, "service_unavailable")
    assert int(response.headers["retry-after"]) > 0
    assert not alive(int(begun.read_text()))
    assert f"late.pdf takes longer than {RENDER_SECONDS} seconds" in printer.read_log()
    assert vendors(caller) == ["late"], "what was written stays written"
    assert ask(caller, "echo").status_code == 200


def test_file_whose_process_dies_is_503_and_the_next_one_has_another(caller: Api) -> None:
    response = ask(caller, "die")
    assert (response.status_code, error_code(response)) == (503, "service_unavailable")
    assert ask(caller, "echo").status_code == 200


def test_file_that_cannot_be_made_is_500_and_the_log_has_the_reason(caller: Api, printer: Server) -> None:
    response = ask(caller, "fail", "no such page")
    assert (response.status_code, error_code(response)) == (500, "internal_error")
    assert "no such page" not in response.text
    assert "LookupError: no such page" in printer.read_log()
    assert response.headers["x-request-id"] in printer.read_log()


def test_file_of_a_type_that_the_document_does_not_declare_is_500(caller: Api, printer: Server) -> None:
    assert ask(caller, "undeclared").status_code == 500
    assert "printingPrintFile responds with text/html" in printer.read_log()


def test_many_files_at_a_time_are_all_answered(caller: Api) -> None:
    texts = [str(number) for number in range(12)]
    with ThreadPoolExecutor(6) as pool:
        responses = pool.map(lambda text: ask(Api(caller.address, caller.token), "echo", text), texts)
    assert [response.text for response in responses] == texts


def test_sigterm_lets_a_file_in_flight_finish_and_ends_its_process(
    start: Callable[[], Server], member: Api, tmp_path: Path
) -> None:
    server = start()
    done, begun = tmp_path / "done", tmp_path / "begun"
    with ThreadPoolExecutor(1) as pool:
        waiting = pool.submit(ask, Api(server.address, member.token), "wait_for", str(done), str(begun))
        pid = int(wait_for(begun))
        # As Ctrl-C in a terminal and a service manager do it: every process gets the signal.
        for process in (psutil.Process(pid), psutil.Process(server.pid)):
            process.send_signal(signal.SIGTERM)
        done.touch()
        assert waiting.result(30).content == b"waited"
    assert server.process.wait(30) == 0
    assert not alive(pid)
    assert "internal error" not in server.read_log()


def test_process_for_files_starts_with_the_first_and_ends_with_the_server_that_is_killed(
    start: Callable[[], Server], member: Api
) -> None:
    server = start()
    caller = Api(server.address, member.token)
    assert vendors(caller) == []
    assert children(server) == []
    assert ask(caller, "echo").status_code == 200
    [process] = children(server)
    server.process.kill()
    wait_until_gone(process.pid)


def test_process_that_is_busy_ends_with_the_server_that_is_killed(
    start: Callable[[], Server], member: Api, tmp_path: Path
) -> None:
    server = start()
    begun = tmp_path / "begun"
    with ThreadPoolExecutor(1) as pool:
        pool.submit(ask, Api(server.address, member.token), "wait_for", str(tmp_path / "never"), str(begun))
        pid = int(wait_for(begun))
        server.process.kill()
    wait_until_gone(pid)


def wait_until_gone(pid: int) -> None:
    deadline = time.monotonic() + RENDER_SECONDS + 20
    while alive(pid):
        assert time.monotonic() < deadline, "the process outlived its server"
        time.sleep(0.02)
