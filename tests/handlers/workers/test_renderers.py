import asyncio
import json
import os
import time
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any

import psutil
import pytest

from handlers.workers import renderers
from handlers.workers.fair_queue import Flow
from handlers.workers.renderers import Renderers, RenderingFailed
from pharus.errors import ServiceUnavailable
from pharus.files import Rendering
from tests.handlers.printing import files

pytestmark = pytest.mark.no_database


def rendering(function: Callable[..., bytes], *arguments: Any) -> Rendering:
    return Rendering("file.pdf", "application/pdf", function, arguments)


def run(work: Callable[[], Coroutine[Any, Any, None]]) -> None:
    asyncio.run(work())


def alive(pid: int) -> bool:
    return psutil.pid_exists(pid) and psutil.Process(pid).status() != psutil.STATUS_ZOMBIE


def wait_for(path: Path) -> str:
    deadline = time.monotonic() + 30
    while not (path.exists() and path.read_text()):
        assert time.monotonic() < deadline, f"{path} never came"
        time.sleep(0.01)
    return path.read_text()


def test_run_makes_the_files_in_one_process_of_low_priority_that_ends_with_the_loop() -> None:
    seen: list[dict[str, Any]] = []

    async def both() -> None:
        pool = Renderers(1, 20)
        assert await pool.run(rendering(files.echo, "Ä")) == "Ä".encode()
        seen.extend([json.loads(await pool.run(rendering(files.process))) for _ in range(2)])
        assert alive(seen[0]["pid"])

    run(both)
    first, second = seen
    assert first["pid"] == second["pid"] != os.getpid()
    assert first["nice"] > os.nice(0)
    # In the server's session it would be nice to the server alone, and not to PostgreSQL.
    assert first["session"] == first["pid"]
    assert first["group"] is None or first["group"].split()[-1] == str(first["nice"] - os.nice(0))
    assert not alive(first["pid"])


def test_process_imports_nothing_of_the_server_but_what_makes_the_file() -> None:
    """It would take hundreds of megabytes otherwise, and half a second."""

    async def one() -> None:
        modules = set(json.loads(await Renderers(1, 20).run(rendering(files.process)))["modules"])
        assert not modules & {"connexion", "peewee", "psycopg2", "starlette", "uvicorn", "plugins.platform"}

    run(one)


def test_run_of_a_function_that_raises_tells_where_in_the_other_process() -> None:
    async def one() -> None:
        pool = Renderers(1, 20)
        with pytest.raises(RenderingFailed, match=r'(?s)files\.py", line \d+, in fail.*LookupError: a page'):
            await pool.run(rendering(files.fail, "a page"))
        assert await pool.run(rendering(files.echo)) == b"a file"

    run(one)


def test_run_kills_the_process_of_a_file_that_takes_too_long(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    async def one() -> None:
        # The processes belong to the loop: this pool's second file comes to a process that runs already.
        pool, impatient = Renderers(1, 20), Renderers(1, 2)
        begun = tmp_path / "begun"
        await pool.run(rendering(files.echo))
        with pytest.raises(ServiceUnavailable) as refused:
            await impatient.run(rendering(files.wait_for, str(tmp_path / "never"), str(begun)), "f00d")
        assert refused.value.retry_after > 0
        assert not alive(int(begun.read_text()))
        assert await pool.run(rendering(files.echo)) == b"a file"

    run(one)
    [record] = [record for record in caplog.records if record.name == "pharus.renderers"]
    assert record.getMessage() == "file.pdf takes longer than 2 seconds"
    assert vars(record)["requestId"] == "f00d"


@pytest.mark.parametrize("function", [files.die, files.devour])
def test_run_survives_a_process_that_is_killed_or_has_no_memory_left(function: Callable[..., bytes]) -> None:
    async def one() -> None:
        pool = Renderers(1, 20)
        for _ in range(2):
            with pytest.raises(ServiceUnavailable):
                await pool.run(rendering(function))
        assert await pool.run(rendering(files.echo)) == b"a file"

    run(one)


@pytest.mark.parametrize("noticed", [False, True])
def test_run_survives_a_process_that_was_killed_while_it_had_nothing_to_do(noticed: bool) -> None:
    """The next file may reach it before the loop knows that it is gone."""

    async def one() -> None:
        pool = Renderers(1, 20)
        process = psutil.Process(json.loads(await pool.run(rendering(files.process)))["pid"])
        process.kill()
        for _ in range(1000):
            if not noticed or not alive(process.pid):
                break
            await asyncio.sleep(0.01)
        assert await pool.run(rendering(files.echo)) == b"a file"

    run(one)


def test_run_takes_no_file_over_the_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    limit = 64 * 1024 * 1024

    async def one() -> None:
        pool = Renderers(1, 20)
        assert len(await pool.run(rendering(files.large, limit))) == limit
        with pytest.raises(ServiceUnavailable, match="larger"):
            await pool.run(rendering(files.large, limit + 1))

    run(one)


def test_run_makes_as_many_files_at_a_time_as_it_has_processes(tmp_path: Path) -> None:
    async def three() -> None:
        pool = Renderers(2, 20)
        done, begun = tmp_path / "done", [tmp_path / str(number) for number in range(3)]
        tasks = [asyncio.create_task(pool.run(rendering(files.wait_for, str(done), str(each)))) for each in begun]
        await asyncio.gather(*(asyncio.to_thread(wait_for, each) for each in begun[:2]))
        assert not begun[2].exists()
        done.touch()
        assert await asyncio.gather(*tasks) == [b"waited"] * 3
        assert len({each.read_text() for each in begun}) == 2

    run(three)


def test_run_refuses_at_once_what_would_wait_behind_too_many(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(renderers, "_MOST_WAITING", 2)

    async def crowd() -> None:
        pool = Renderers(1, 20)
        done, begun = tmp_path / "done", tmp_path / "begun"
        tasks = [asyncio.create_task(pool.run(rendering(files.wait_for, str(done), str(begun))))]
        await asyncio.to_thread(wait_for, begun)
        tasks += [asyncio.create_task(pool.run(rendering(files.echo))) for _ in range(2)]
        await asyncio.sleep(0)
        with pytest.raises(ServiceUnavailable, match="too many"):
            await pool.run(rendering(files.echo))
        done.touch()
        assert await asyncio.gather(*tasks) == [b"waited", b"a file", b"a file"]

    run(crowd)


def test_run_of_another_organization_is_next_though_one_has_more_waiting_than_it_may(tmp_path: Path) -> None:
    """The files of one caller are never the reason that another's is refused."""

    async def crowd() -> None:
        pool = Renderers(1, 20)
        done, begun, order = tmp_path / "done", tmp_path / "begun", list[str]()

        async def make(organization: str, function: Callable[..., bytes], *arguments: Any) -> None:
            assert await pool.run(rendering(function, *arguments), "", Flow(organization))
            order.append(organization)

        tasks = [asyncio.create_task(make("a", files.wait_for, str(done), str(begun)))]
        await asyncio.to_thread(wait_for, begun)
        tasks += [asyncio.create_task(make("a", files.echo)) for _ in range(23)]
        await asyncio.sleep(0)
        tasks += [asyncio.create_task(make("b", files.echo)) for _ in range(2)]
        await asyncio.sleep(0)
        done.touch()
        results = await asyncio.gather(*tasks, return_exceptions=True)
        refused = [str(result) for result in results if result is not None]
        assert len(refused) == 3
        assert all("of this organization" in message for message in refused)
        assert order[:3] == ["a", "b", "b"]
        assert len(order) == 23

    run(crowd)


def test_run_that_is_cancelled_while_it_waits_or_works_gives_its_turn_back(tmp_path: Path) -> None:
    async def crowd() -> None:
        pool = Renderers(1, 20)
        begun = tmp_path / "begun"
        tasks = [asyncio.create_task(pool.run(rendering(files.wait_for, str(tmp_path / "never"), str(begun))))]
        await asyncio.to_thread(wait_for, begun)
        tasks += [asyncio.create_task(pool.run(rendering(files.echo))) for _ in range(3)]
        await asyncio.sleep(0)
        for task in (tasks[1], tasks[0], tasks[2]):
            task.cancel()
        assert await tasks[3] == b"a file"
        assert (pool._turns.waiting, pool._turns.running) == (0, 0)

    run(crowd)


def test_run_does_not_let_a_caller_wait_longer_for_a_turn_than_a_file_may_take(tmp_path: Path) -> None:
    async def two() -> None:
        pool = Renderers(1, 3)
        begun = tmp_path / "begun"
        first = asyncio.create_task(pool.run(rendering(files.wait_for, str(tmp_path / "never"), str(begun))))
        second = asyncio.create_task(pool.run(rendering(files.echo)))
        with pytest.raises(ServiceUnavailable):
            await first
        # Both limits end at nearly the same moment: it is refused or has its turn, but is never lost.
        (response,) = await asyncio.gather(second, return_exceptions=True)
        assert response == b"a file" or isinstance(response, ServiceUnavailable)
        assert await Renderers(1, 20).run(rendering(files.echo)) == b"a file"

    run(two)


def test_make_ends_itself_where_no_server_is_left_to_end_it(tmp_path: Path) -> None:
    """Called as the process calls it, in a process whose parent never looks after it."""
    child = os.fork()
    if child == 0:
        renderers.make(files.wait_for, (str(tmp_path / "never"), str(tmp_path / "begun")), 1)
        os._exit(0)
    _, status = os.waitpid(child, 0)
    assert os.WIFSIGNALED(status)
