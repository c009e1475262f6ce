"""Loaded by schemathesis in its place of `hooks` where a run is to be short: of the requests that are wrong on purpose,
a few of each kind for each operation. All are sent by `make fuzz`.

The server judges every value of every request with one validator, made from the same document: whether it refuses a
kind of mistake at all is seen with the first value.
"""

import re
from collections import Counter
from typing import Any

import schemathesis
from schemathesis.generation.meta import TestPhase

from tests.contract.seed_data import hooks

__all__ = ["hooks"]

_OF_A_KIND = 2

_sent: Counter[tuple[str, str, str]] = Counter()


@schemathesis.hook
def filter_case(context: Any, case: Any) -> bool:
    meta = case.meta
    if meta is None or meta.phase.name != TestPhase.COVERAGE or not meta.generation.mode.is_negative:
        return True
    data = meta.phase.data
    # Without the name of the property or the value that is wrong.
    kind = re.sub(r"^\w+: |: [A-Z]+$|[`'\"].*?[`'\"]", "", data.description or "")
    key = (case.operation.label, str(data.parameter_location), kind)
    _sent[key] += 1
    return _sent[key] <= _OF_A_KIND
