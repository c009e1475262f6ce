"""Loaded by schemathesis in its place of `hooks` where a run is to be short: some of the requests of each kind. All of
them are sent by `make fuzz`.

The server judges every value of every request with one validator, made from the same document, and reads headers and
the parameters that many operations share in one place: whether it refuses a kind of mistake there, or takes what keeps
a bound, is seen with the first requests. What ends in a handler or in a column is sent to each operation: the bounds of
every property of a body, its null, and every parameter of a list, once each; of the parameters that many share each
kind of value to some. A value just below a bound says no more than the bound, which is sent as well.
"""

import re
from collections import Counter
from collections.abc import Hashable
from typing import Any

import schemathesis
from schemathesis.core.parameters import ParameterLocation
from schemathesis.generation.meta import TestPhase

from tests.contract.seed_data import hooks

__all__ = ["hooks"]

# So many operations are sent what they share, and each operation at least so many requests that should be served.
_SHARED, _SERVED = 3, 4
# So many requests of a kind are sent to one operation where one tells what the others would.
_OF_A_KIND = {"Object with all required properties and": 3, "Object with all required and a subset of": 1}

_sent: Counter[Hashable] = Counter()


@schemathesis.hook
def filter_case(context: Any, case: Any) -> bool:
    meta = case.meta
    if meta is None or meta.phase.name != TestPhase.COVERAGE:
        return True
    data, label = meta.phase.data, case.operation.label
    description = data.description or ""
    if meta.generation.mode.is_negative:
        # Without the names on the way to the value that is wrong.
        kind = re.sub(r"[`'\"].*?[`'\"]", "", re.sub(r": [A-Z]+$", "", description)).rpartition(": ")[2]
        shared = (data.parameter_location, data.parameter, kind)
        is_of_body = data.parameter_location == ParameterLocation.BODY
        # The second one is wrong in another property: a body may be taken for one property's sake.
        is_enough = _is_enough((label, data.parameter_location, kind), 2 if is_of_body else 1)
        return not is_enough and (is_of_body or not _is_enough(shared, _SHARED))
    if "Near-boundary" in description:
        return False
    if not _is_enough((label, "positive"), _SERVED):
        return True
    if data.parameter_location in (ParameterLocation.HEADER, ParameterLocation.QUERY):
        is_new = data.parameter_location == ParameterLocation.QUERY and not _is_enough((label, data.parameter), 1)
        return not _is_enough((data.parameter, description), _SHARED) or is_new
    # The examples have a phase of their own.
    if data.parameter_location == ParameterLocation.BODY and description == "Example value":
        return False
    for kind, number in _OF_A_KIND.items():
        if description.startswith(kind):
            return not _is_enough((label, kind), number)
    return True


def _is_enough(key: Hashable, number: int) -> bool:
    _sent[key] += 1
    return _sent[key] > number
