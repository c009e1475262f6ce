import asyncio
import contextlib
import sys
import threading
import time
from collections.abc import Callable
from functools import partial
from random import Random

import pytest

from handlers.workers.fair_queue import SLOW_SECONDS, Flow
from handlers.workers.threads import Abandoned, Workers
from pharus.errors import NotFound, ServiceUnavailable

A = Flow("a")


async def until(condition: Callable[[], bool]) -> None:
    async with asyncio.timeout(30):
        while not condition():  # noqa: ASYNC110 - what is waited for happens in other threads
            await asyncio.sleep(0.005)


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


def test_run_more_than_the_queue_holds_is_unavailable_and_later_works_again() -> None:
    workers = Workers(1, 4)
    free = threading.Event()
    flows = [Flow(name) for name in "abcd"]

    async def crowd() -> None:
        waiting = [asyncio.create_task(workers.run(lambda: free.wait(30), flow)) for flow in flows[:2]]
        await until(lambda: workers._queue.running == 2)
        waiting += [asyncio.create_task(workers.run(lambda: free.wait(30), flows[0])) for _ in range(2)]
        await asyncio.sleep(0)
        with pytest.raises(ServiceUnavailable, match="this organization"):
            await workers.run(lambda: True, flows[0])
        waiting += [asyncio.create_task(workers.run(lambda: free.wait(30), flow)) for flow in flows[2:]]
        await asyncio.sleep(0)
        for flow in flows:
            with pytest.raises(ServiceUnavailable):
                await workers.run(lambda: True, flow)
        free.set()
        assert await asyncio.gather(*waiting) == [True] * 6
        assert await workers.run(lambda: "again") == "again"

    asyncio.run(crowd())
    workers.close()


def test_run_of_another_organization_is_next_though_one_has_all_it_can_get() -> None:
    """The order, with all threads busy and 500 requests waiting."""
    workers = Workers(4, 1100)
    free = threading.Event()
    order: list[str] = []

    def work() -> None:
        order.append("a")
        free.wait(30)

    async def crowd() -> None:
        noise = [asyncio.create_task(workers.run(work, Flow("a"))) for _ in range(504)]
        # What a thread has taken it may not have begun yet.
        await until(lambda: len(order) == 4)
        assert workers._queue.waiting == 500
        await asyncio.wait_for(workers.run(lambda: order.append("b"), Flow("b")), 5)
        # Nor does another who takes that last thread keep it for long from a third one.
        held = asyncio.create_task(workers.run(lambda: free.wait(30), Flow("b")))
        await until(lambda: workers._queue.running == 5)
        third = asyncio.create_task(workers.run(lambda: order.append("c"), Flow("c")))
        await asyncio.sleep(0)
        free.set()
        await asyncio.gather(third, held, *noise)
        assert order[:5] == ["a", "a", "a", "a", "b"]
        # It is taken first, and may be noted after what other threads took behind it.
        assert order.index("c") < 50

    asyncio.run(crowd())
    workers.close()


def test_run_from_many_callers_at_once_does_all_of_it_and_ends_idle() -> None:
    workers = Workers(3, 10_000)
    random = Random(7)
    done: list[int] = []

    def work(number: int, seconds: float) -> int:
        time.sleep(seconds)
        done.append(number)
        return number

    async def crowd() -> None:
        tasks = [
            asyncio.create_task(
                workers.run(
                    partial(work, number, random.choice([0, 0, 0.001, 0.01])),
                    Flow(random.randrange(4), random.randrange(3)),
                    least_seconds=random.choice([0, 0, 1.0]),
                )
            )
            for number in range(1000)
        ]
        assert await asyncio.gather(*tasks) == list(range(1000))

    asyncio.run(crowd())
    workers.close()
    assert sorted(done) == list(range(1000))
    assert (workers._queue.waiting, workers._queue.running, workers._queue._organizations) == (0, 0, {})


def test_run_that_waits_longer_than_allowed_is_unavailable_and_was_not_begun() -> None:
    workers = Workers(1, 10, seconds=0.5)
    free = threading.Event()
    begun: list[str] = []

    async def crowd() -> None:
        held = asyncio.create_task(workers.run(lambda: free.wait(30), A))
        await until(lambda: workers._queue.running == 1)
        with pytest.raises(ServiceUnavailable, match="busy") as refused:
            await workers.run(lambda: begun.append("late"), A)
        assert refused.value.retry_after > 0
        free.set()
        with contextlib.suppress(ServiceUnavailable):
            await held
        assert await workers.run(lambda: "next", A) == "next"

    asyncio.run(crowd())
    workers.close()
    assert begun == []


def test_run_that_takes_longer_than_allowed_is_answered_while_the_thread_is_still_busy() -> None:
    workers = Workers(1, 10, seconds=0.3)
    free = threading.Event()

    async def one() -> None:
        with pytest.raises(ServiceUnavailable, match="took longer"):
            await workers.run(lambda: free.wait(30), A)
        assert workers._queue.running == 1
        free.set()
        await until(lambda: workers._queue.running == 0)

    asyncio.run(one())
    workers.close()


def test_run_whose_caller_goes_away_while_it_waits_is_not_begun() -> None:
    workers = Workers(1, 10)
    free = threading.Event()
    begun: list[str] = []

    async def crowd() -> None:
        held = asyncio.create_task(workers.run(lambda: free.wait(30), A))
        await until(lambda: workers._queue.running == 1)
        left = asyncio.Event()
        leaving = asyncio.create_task(workers.run(lambda: begun.append("leaving"), A, gone=left.wait))
        staying = asyncio.create_task(workers.run(lambda: begun.append("staying"), A, gone=asyncio.Event().wait))
        await asyncio.sleep(0)
        left.set()
        with pytest.raises(Abandoned):
            await leaving
        cancelled = asyncio.create_task(workers.run(lambda: begun.append("cancelled"), A))
        await asyncio.sleep(0)
        cancelled.cancel()
        await asyncio.wait([cancelled])
        free.set()
        await asyncio.gather(held, staying)

    asyncio.run(crowd())
    workers.close()
    assert begun == ["staying"]


def test_threads_take_turns_more_often_while_one_of_them_computes() -> None:
    workers = Workers(1, 10)
    free = threading.Event()
    usual = sys.getswitchinterval()

    async def one() -> None:
        held = asyncio.create_task(workers.run(lambda: free.wait(30), A))
        await until(lambda: sys.getswitchinterval() < usual / 2)
        free.set()
        await held
        await until(lambda: sys.getswitchinterval() > usual / 2)

    asyncio.run(one())
    workers.close()


def test_threads_take_turns_more_often_from_the_moment_at_which_slow_work_begins_beside_another_organization() -> None:
    workers = Workers(2, 10)
    usual = sys.getswitchinterval()

    async def intervals(flow: Flow) -> float:
        return await workers.run(sys.getswitchinterval, flow, least_seconds=SLOW_SECONDS)

    async def both() -> None:
        assert await intervals(A) == usual
        await workers.run(lambda: None, Flow("b"))
        assert await intervals(A) < usual / 2
        await until(lambda: sys.getswitchinterval() == usual)

    asyncio.run(both())
    workers.close()


def test_slow_work_that_was_held_back_begins_once_it_may() -> None:
    """Beside another organization it is done one by one; when that has left, side by side."""
    workers = Workers(4, 200)
    free = threading.Event()
    most = 0

    def work() -> None:
        nonlocal most
        most = max(most, workers._queue.running)
        time.sleep(0.03)

    async def crowd() -> None:
        held = asyncio.create_task(workers.run(lambda: free.wait(30), Flow("b")))
        await until(lambda: workers._queue.running == 1)
        noise = [asyncio.create_task(workers.run(work, A, least_seconds=SLOW_SECONDS)) for _ in range(60)]
        await asyncio.wait(noise, return_when=asyncio.FIRST_COMPLETED)
        assert most == 2
        free.set()
        await asyncio.gather(held, *noise)
        assert most == 4

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
