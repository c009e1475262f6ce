import asyncio
import threading

import pytest

from handlers.workers.threads import Workers
from pharus.errors import NotFound, ServiceUnavailable


def test_run_gives_what_the_work_returns_or_raises() -> None:
    workers = Workers(2, 10)

    async def both() -> None:
        assert await workers.run(lambda: threading.current_thread().name) != threading.main_thread().name
        with pytest.raises(NotFound, match="gone"):
            await workers.run(fail)

    def fail() -> None:
        raise NotFound("gone")

    asyncio.run(both())
    workers.close()


def test_run_more_than_threads_and_queue_hold_is_unavailable_and_later_works_again() -> None:
    workers = Workers(1, 2)
    free = threading.Event()

    async def crowd() -> None:
        waiting = [asyncio.create_task(workers.run(lambda: free.wait(30))) for _ in range(3)]
        await asyncio.sleep(0)
        for _ in range(2):
            with pytest.raises(ServiceUnavailable):
                await workers.run(lambda: True)
        free.set()
        assert await asyncio.gather(*waiting) == [True, True, True]
        assert await workers.run(lambda: "again") == "again"

    asyncio.run(crowd())
    workers.close()


def test_run_does_not_hold_up_the_event_loop() -> None:
    workers = Workers(1, 2)
    free = threading.Event()

    async def loop() -> None:
        waiting = asyncio.create_task(workers.run(lambda: free.wait(30)))
        for _ in range(100):
            await asyncio.sleep(0)
        assert not waiting.done()
        free.set()
        assert await waiting

    asyncio.run(loop())
    workers.close()


def test_close_waits_for_the_work_that_runs() -> None:
    workers = Workers(1, 2)
    done: list[str] = []
    begun, free = threading.Event(), threading.Event()

    def work() -> None:
        begun.set()
        free.wait(30)
        done.append("work")

    async def start() -> None:
        task = asyncio.create_task(workers.run(work))
        await asyncio.to_thread(begun.wait, 30)
        threading.Timer(0.05, free.set).start()
        workers.close()
        assert done == ["work"]
        await task

    asyncio.run(start())
