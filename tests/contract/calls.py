"""Requests that the document describes by its own examples, sent to a server of the tests."""

import httpx

from contract.calling import Call, request_options
from contract.document import Operation
from tests.api import Api
from tests.contract.judging import declared


def operations() -> list[Operation]:
    return declared().operations


def send(call: Call, address: str, *, junk: bool = False) -> httpx.Response:
    """The answer, held against the document. With `junk` the body is one that nobody could read."""
    options = request_options(declared(), call, junk=junk)
    headers = {**call.headers, **options.pop("headers", {})}
    path = call.operation.path.format(**call.path_parameters)
    return Api(address).request(call.operation.method, path, headers=headers, **options)
