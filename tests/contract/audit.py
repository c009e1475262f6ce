"""Has every answer of a server been judged? Its own log says how many it gave; `judging` knows those it judged.

So no test gets past the document by calling in another way: when a server stops, each answer to an operation that
nobody has held against the document is named.
"""

import json
import re
from collections import Counter
from typing import NamedTuple

from pharus.instrumentation import tool_of
from tests.contract import judging

# Answers that were given and never read: by whom they should have been, nobody can say.
_given_up: Counter[str] = Counter()

_CONSOLE_LINE = re.compile(r"[0-9:]{8} ([A-Z]+) (\S+) ([1-5][0-9]{2}) [0-9.]+ ms .*")


class Answered(NamedTuple):
    method: str
    path: str
    status: int
    # The log for people has none.
    request_id: str | None


def give_up(address: str, answers: int = 1) -> None:
    """A caller has gone before the answer, on purpose; the server at the address may have sent it all the same."""
    _given_up[address] += answers


def leave_to_another_judge(address: str) -> None:
    """The caller of this server has `contract.conformance` judge what is answered, as `pharus test-contract` does."""
    _given_up[address] += 10**9


def assert_every_answer_was_judged(address: str, log: str) -> None:
    # What a tool of an agent has asked for never leaves the server.
    found = [each for each in answered(log) if judging.has_operation(each.path) and tool_of(each.request_id) is None]
    if any(each.request_id is None for each in found):
        judged = sum(judging.judged_at(address).values())
        unjudged = found[:1] if len(found) > judged + _given_up[address] else []
    else:
        unjudged = [each for each in found if each.request_id not in judging.judged_at(address)]
        if len(unjudged) <= _given_up[address]:
            unjudged = []
    assert unjudged == [], (
        f"{len(unjudged)} answers were never held against the document, and {_given_up[address]} given up; call "
        "through tests.api or tests.contract.wire: " + "; ".join(map(str, unjudged[:10]))
    )


def answered(log: str) -> list[Answered]:
    """Every request that the log says was answered."""
    found = []
    # Not splitlines(): paths in the log may hold what Unicode takes for the end of a line.
    for line in log.split("\n"):
        if line.startswith("{"):
            entry = json.loads(line)
            if entry.get("logger") == "pharus.access" and entry["status"]:
                found.append(Answered(entry["method"], entry["path"], entry["status"], entry["requestId"]))
        elif match := _CONSOLE_LINE.fullmatch(line):
            found.append(Answered(match[1], match[2], int(match[3]), None))
    return found
