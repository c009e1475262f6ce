"""What an organization can do to the others: four kinds of noise, and the records that they work on.

`python -m bench.noise` makes one of them until its standard input ends. It is a process of its own, so that the one who
measures shares no interpreter with it, and gives way to the server: elsewhere it would be another machine. Reads an
`Order` as JSON from standard input, writes how often it was answered what to standard output.
"""

import http.client
import json
import os
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from bench.workloads import stock

SKU_TYPE = "0190a000-0000-7000-8000-000000000001"

_TIMEOUT_SECONDS = 60
_NICENESS = 10
_PAUSE_SECONDS = 0.1

# Read whole, and wrong: what is refused while it arrives costs nobody anything.
_LARGE_BODY = json.dumps({"rows": [{"notes": "x" * 1600}] * 5000}).encode()


class Caller:
    """A client with a connection of its own, as somebody of an organization."""

    def __init__(self, port: int, token: str) -> None:
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=_TIMEOUT_SECONDS)
        self._headers = {"Authorization": f"Bearer {token}"}

    def __call__(self, method: str, path: str, body: bytes | Iterator[bytes] | None = None) -> tuple[int, bytes]:
        """Status and body of the response. OSError or HTTPException when there is none."""
        headers = self._headers if body is None else {**self._headers, "Content-Type": "application/json"}
        self._connection.request(method, path, body, headers)
        response = self._connection.getresponse()
        return response.status, response.read()

    def close(self) -> None:
        self._connection.close()

    def made(self, path: str, body: Any) -> Any:
        status, content = self("POST", path, json.dumps(body).encode())
        if status >= 300:
            raise RuntimeError(f"POST {path}: {status} {content[:300]!r}")
        return json.loads(content)


@dataclass(frozen=True, slots=True)
class Records:
    """What the noise works on."""

    location: str
    top_sku: str
    order: str


@dataclass(frozen=True, slots=True)
class Order:
    """Which noise, by how many callers, and against whom."""

    noise: str
    callers: int
    port: int
    token: str
    records: Mapping[str, str]


def prepare_records(caller: Caller, layers: int, width: int) -> Records:
    """Layers of SKUs, each made of all of the layer below, and a long purchase order."""
    mark = str(time.time_ns())
    material = caller.made("/api/materials", {"code": f"M-{mark}", "name": "Oil", "typeId": stock.TYPE_ID})["id"]
    below = [{"materialId": material, "quantity": 1}]
    for layer in range(layers):
        rows = [{"code": f"S-{mark}-{layer}-{number}", "name": "Soap", "typeId": SKU_TYPE} for number in range(width)]
        skus = caller.made("/api/skus/bulk-import", {"rows": rows})["ids"]
        for sku in skus:
            caller.made("/api/boms", {"outputSkuId": sku, "items": below})
        below = [{"inputSkuId": sku, "quantity": 1} for sku in skus]
    location = caller.made("/api/locations", {"name": f"Noise {mark}"})["id"]
    vendor = caller.made("/api/vendors", {"name": "Printed"})["id"]
    lines = [{"skuId": each["inputSkuId"], "quantity": 2, "unitCost": "1.5"} for each in below * 3]
    bought = {"vendorId": vendor, "targetType": "finished_goods", "status": "Planning", "items": lines}
    order = caller.made("/api/purchase-orders", bought)["purchaseOrder"]["id"]
    return Records(location, str(below[0]["inputSkuId"]), order)


# One of these is sent again and again, by so many callers at a time: whatever it is answered.
Noise = Callable[[Caller, Records, int], int]


def explode(caller: Caller, records: Records, number: int) -> int:
    body = {
        "status": "Placed",
        "locationId": records.location,
        "items": [{"skuId": records.top_sku, "quantity": number % 1000 + 1}],
    }
    return caller("POST", "/api/production-orders", json.dumps(body).encode())[0]


def search(caller: Caller, records: Records, number: int) -> int:
    return caller("GET", "/api/vendors?" + urlencode({"q": f"{number % 256:02x}zz", "limit": "500"}))[0]


def print_and_import(caller: Caller, records: Records, number: int) -> int:
    if number % 8:
        return caller("GET", f"/api/purchase-orders/{records.order}/pdf")[0]
    mark = f"{time.time_ns()}-{number}"
    rows = [{"code": f"I-{mark}-{row}", "name": "Oil", "typeId": stock.TYPE_ID} for row in range(2000)]
    return caller("POST", "/api/materials/bulk-import", json.dumps({"rows": rows}).encode())[0]


def send_large_bodies(caller: Caller, records: Records, number: int) -> int:
    return caller("POST", "/api/vendors", _LARGE_BODY if number % 2 else _slowly(_LARGE_BODY))[0]


def _slowly(body: bytes) -> Iterator[bytes]:
    """In two seconds."""
    for start in range(0, len(body), len(body) // 20):
        yield body[start : start + len(body) // 20]
        time.sleep(0.1)


NOISES: dict[str, tuple[Noise, int, str]] = {
    "explosions": (explode, 16, "production orders of dense bills of materials"),
    "searches": (search, 64, "lists with q over a large table"),
    "files": (print_and_import, 24, "PDFs of one caller, and bulk imports"),
    "bodies": (send_large_bodies, 40, "bodies of 8 MiB, half of them slow"),
}


@contextmanager
def making(order: Order) -> Iterator[Counter[int]]:
    """The noise, until the block ends; how often it was answered what. 0 is no response."""
    noise, _, _ = NOISES[order.noise]
    records = Records(**order.records)
    answered: Counter[int] = Counter()
    stopping = threading.Event()

    def go_on(first: int) -> None:
        number = first
        caller = Caller(order.port, order.token)
        while not stopping.is_set():
            try:
                status = noise(caller, records, number)
            except (OSError, http.client.HTTPException):
                status = 0
                caller.close()
                stopping.wait(_PAUSE_SECONDS)
            answered[status] += 1
            number += order.callers
        caller.close()

    with ThreadPoolExecutor(order.callers) as crowd:
        for first in range(order.callers):
            crowd.submit(go_on, first)
        try:
            yield answered
        finally:
            stopping.set()


def main(_: Sequence[str] = ()) -> None:
    order = Order(**json.loads(sys.stdin.readline()))
    os.nice(_NICENESS)
    with making(order) as answered:
        sys.stdin.read()
    json.dump(answered, sys.stdout)


if __name__ == "__main__":
    main()
