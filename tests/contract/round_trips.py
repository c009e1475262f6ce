"""How many SQL round trips each operation makes: counted on the wire, of one request that is served.

The request is the first example of the document, and names what the fuzzing would name. It is sent until it was served
four times. The first one opens connections and reads what a process reads once; of the others the smallest count is
taken.
"""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx

from bench.roundtrips import CountingProxy
from contract.calling import examples, request_options
from contract.document import Operation
from tests.contract.judging import conforms, declared
from tests.contract.seed_data import tenants
from tests.contract.seed_data.preparation import Preparation
from tests.server import Server

_ATTEMPTS = 20
_TIMES = 4

# What only the connections of requests send: who calls, and numbers. The sweeper has a connection of its own and works
# when it likes.
_OF_REQUESTS = ("app_user u ON", "INTO number_sequence")

# What is newest in the log differs from run to run, and entries of ledgers take a statement more.
_NARROWED = {"listAuditEvents": {"types": ["vendor.*"]}}

# By operation, in the order of the document.
TABLE = Path(__file__).parent / "round_trips.json"


def read() -> dict[str, int]:
    table: dict[str, int] = json.loads(TABLE.read_text(encoding="utf-8"))
    return table


def write(measured: dict[str, int]) -> None:
    TABLE.write_text(json.dumps(measured, indent=4) + "\n", encoding="utf-8")


def measure(environment: dict[str, str], folder: Path) -> dict[str, int]:
    """The round trips of every operation. AssertionError when one of them does not answer with success."""
    # One worker thread: a second one would open a connection of its own at some time.
    alone = {"PHARUS_THREADS": "1", "PHARUS_RATE_LIMITS": "off"}
    url = environment["PHARUS_DATABASE_URL"]
    with (
        CountingProxy(url, _OF_REQUESTS) as proxy,
        _serving({**environment, **alone, "PHARUS_DATABASE_URL": proxy.url}, folder) as at,
    ):
        made = tenants.make(at, url, Path(environment["PHARUS_DATA"]))
        preparation = Preparation(made)
        with httpx.Client(base_url=at, timeout=60, trust_env=False, event_hooks={"response": [_judge]}) as client:
            return {
                operation.id: _of_the_later(client, proxy, preparation, operation)
                for operation in declared().operations
            }


def _judge(answer: httpx.Response) -> None:
    answer.read()
    conforms(answer)


@contextmanager
def _serving(environment: dict[str, str], folder: Path) -> Iterator[str]:
    server = Server(environment, folder / "server.log")
    try:
        yield server.address
    finally:
        server.stop()


def _of_the_later(client: httpx.Client, proxy: CountingProxy, preparation: Preparation, operation: Operation) -> int:
    counted: list[int] = []
    answer = ""
    for attempt in range(_ATTEMPTS):
        call = examples(operation)[0]
        call.headers = preparation.alice.headers
        # What the fuzzing keeps steady is refused by one or two operations.
        preparation.prepare(operation, call, steady=attempt < _TIMES)
        call.query.update(_NARROWED.get(operation.id, {}))
        before = proxy.count
        response = client.request(
            operation.method,
            operation.path.format(**call.path_parameters),
            headers=call.headers,
            **request_options(declared(), call),
        )
        if response.is_success:
            counted.append(proxy.count - before)
        answer = f"{response.status_code} {response.text[:500]}"
        if len(counted) == _TIMES:
            # Once a minute a caller's activity is noted, and counted with one of them.
            return min(counted[1:])
    raise AssertionError(f"{operation.id} was not served {_TIMES} times: {answer}")
