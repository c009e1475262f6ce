"""What generated requests to any deployment name: records made over HTTP.

Of eight requests that name records one keeps what was generated and one names a record of the other organization; the
rest name records that are there, and should be served. Every deletion gets a record made for it.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from pathlib import Path
from typing import Any

from schemathesis.core.parameters import ParameterLocation

from contract import callers, schemathesis_hooks
from contract.calling import Call
from contract.document import Operation
from contract.entities import Entities, places_in
from contract.fuzzing import ENDS_CALLER
from contract.schemathesis_hooks import deployment, is_negative, is_of_owner, is_steady, state
from contract.seed_data import SeedData, id_of

_LOTS = 8
_AS_GENERATED, _FOREIGN = 1, 2
_PARTS = {"path": ParameterLocation.PATH, "query": ParameterLocation.QUERY, "body": ParameterLocation.BODY}
# Version 7, as the server makes them: a sequence of steps has it from an answer.
_MADE = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}")
_UUID = re.compile(r"[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}")
# The ids of the document's examples begin so; they are of version 7 as well.
_EXAMPLE = "01935d6c-7b1a-7c3e-8f00-"
_ROWS = 30


class DeploymentPreparation:
    def __init__(self) -> None:
        self._entities = Entities(deployment.document)
        self._ours = SeedData(deployment, self._entities, state.owner)
        self._ours.records = state.known["records"]
        self._foreign: dict[str, list[dict[str, Any]]] = state.known["foreign"]
        self._data: str | None = state.known["data"]
        self._calls: Counter[str] = Counter()

    def prepare(self, operation: Operation, case: Any) -> None:
        self._calls[operation.id] += 1
        if not is_of_owner(case):
            return
        if operation.id in ENDS_CALLER and self._data is not None:
            case.headers.update(callers.newcomer(deployment, Path(self._data)))
        else:
            self._put_ids(operation, case)

    def _put_ids(self, operation: Operation, case: Any) -> None:
        """What is wrong on purpose stays, and so do ids that a sequence of steps took from answers."""
        steady = is_steady(case)
        lot = 0 if steady else self._calls[operation.id] % _LOTS
        if lot == _AS_GENERATED:
            return
        call = Call(
            operation,
            case.path_parameters if isinstance(case.path_parameters, dict) else {},
            case.query if isinstance(case.query, dict) else {},
            # The body may belong to other cases as well.
            body=json.loads(json.dumps(case.body)) if isinstance(case.body, dict) else None,
        )
        taken: Counter[str] = Counter()
        for place in list(places_in(call))[:_ROWS]:
            if is_negative(case, _PARTS[place.part]):
                continue
            value = str(call.read(place))
            collection = self._entities.of(call, place)
            if collection is None or not _UUID.fullmatch(value):
                continue
            if steady and _MADE.fullmatch(value) and not value.startswith(_EXAMPLE):
                continue
            known = self._foreign.get(collection, []) if lot == _FOREIGN else None
            records = known if known is not None else self._records(operation, collection, place.part)
            if records:
                record = records[taken[collection] % len(records)]
                taken[collection] += 1
                if place.part == "path":
                    path = {name: value for name, value in record["_path"].items() if name in call.path_parameters}
                    call.path_parameters.update(path)
                call.write(place, id_of(record, place.name))
        if call.body is not None:
            case.body = call.body

    def _records(self, operation: Operation, collection: str, part: str) -> list[dict[str, Any]]:
        """Those that others refer to; for what changes or deletes one, a new one where that can be made."""
        if part == "path" and operation.method in ("DELETE", "PATCH", "PUT") and collection in self._entities.makers:
            made = self._ours.make(collection)
            if made is not None:
                return [made]
        return list(state.known["records"].get(collection, []))


schemathesis_hooks.install(DeploymentPreparation())
