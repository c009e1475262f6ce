"""For the tests of a plugin: records of ours that its own refer to, made as the document's examples have them."""

from __future__ import annotations

import itertools
import secrets
from functools import lru_cache
from typing import Any

from contract.callers import Caller
from contract.calling import Call, examples
from contract.document import Document
from contract.entities import Entities, places_in
from contract.seed_data import SeedData, record_in, vary

_counter = itertools.count(1)


def make(caller: Caller, path: str, **values: Any) -> dict[str, Any]:
    """A new record of the collection `path` (`/api/sales-orders`), as the server answered it: from the example of the
    document that names the fewest others, with `values` in the place of its own. What it refers to and `values` do not
    name is made before it. AssertionError where that is refused."""
    return _make(caller, path, values, ())


def _make(caller: Caller, path: str, values: dict[str, Any], within: tuple[str, ...]) -> dict[str, Any]:
    entities = _entities(caller.deployment.document)
    assert path in entities.makers, f"nothing is made at {path}; records are made at {', '.join(entities.makers)}"
    call = min(examples(entities.makers[path]), key=lambda each: len(list(places_in(each))))
    seed = SeedData(caller.deployment, entities, caller.headers)
    for collection in _referred(entities, call, values):
        if collection in entities.makers and collection not in seed.records and collection not in within:
            made = record_in(_make(caller, collection, {}, (*within, path)))
            assert made is not None
            seed.records[collection] = [{**made, "_path": {}}]
    seed.put_own(call)
    vary(call.body, f"{next(_counter)}-{secrets.token_hex(3)}")
    call.body.update(values)
    response = caller.send(call)
    assert response.status_code == 201, f"{path}: {response.text}"
    return dict(response.json())


def _referred(entities: Entities, call: Call, values: dict[str, Any]) -> list[str]:
    """The collections of the ids in the call that `values` do not give."""
    places = (place for place in places_in(call) if place.pointer[0] not in values)
    return [found for place in places if (found := entities.of(call, place)) is not None]


@lru_cache(maxsize=4)
def _entities(document: Document) -> Entities:
    return Entities(document)
