"""Is the log what it was when it was closed? Its hash chain, computed anew from the rows (docs/adr/0050).

Whoever changes a row, takes one away, adds one or puts them in another order changes the chain from there on. Who
changes the blocks along with it cannot change what an auditor has kept: a `Proof`. Outside of any unit of work, as a
login that sees all rows.
"""

import hashlib
from collections.abc import Iterator
from datetime import datetime
from typing import Any, NamedTuple

from pharus.db import db
from plugins.platform import organizations

_HASH_BYTES = 32
# Blocks that are read at a time.
_BLOCKS = 64

_WALK = """
SELECT block.number, block.after_transaction_id, block.after_seq, block.transaction_id, block.seq, block.row_count,
    block.chain_hash, block.row_hashes, coalesce(actual.row_hashes, ''),
    (
        block.types @> actual.types AND block.user_ids @> actual.user_ids AND block.token_ids @> actual.token_ids
        AND block.operations @> actual.operations AND block.requests @> actual.requests
        AND block.first_at <= actual.first_at AND block.last_at >= actual.last_at
    ) IS NOT FALSE,
    block.closed_at
FROM (SELECT * FROM event_block WHERE org_id = %s AND number > %s ORDER BY number LIMIT %s) AS block,
LATERAL (
    SELECT string_agg(event_hash(e), '' ORDER BY transaction_id, seq) AS row_hashes,
        array_agg(DISTINCT type) AS types,
        array_agg(DISTINCT user_id) FILTER (WHERE user_id IS NOT NULL) AS user_ids,
        array_agg(DISTINCT token_id) FILTER (WHERE token_id IS NOT NULL) AS token_ids,
        array_agg(DISTINCT operation) FILTER (WHERE operation IS NOT NULL) AS operations,
        array_agg(DISTINCT event_request(request_id)) FILTER (WHERE request_id IS NOT NULL) AS requests,
        min(occurred_at) AS first_at, max(occurred_at) AS last_at
    FROM event AS e
    WHERE e.org_id = block.org_id
        AND (e.transaction_id, e.seq) > (block.after_transaction_id, block.after_seq)
        AND (e.transaction_id, e.seq) <= (block.transaction_id, block.seq)
) AS actual
ORDER BY block.number"""

_NTH = """
SELECT type, transaction_id, seq, occurred_at FROM event
WHERE org_id = %s AND (transaction_id, seq) > (%s, %s) ORDER BY transaction_id, seq OFFSET %s LIMIT 1"""


class Proof(NamedTuple):
    """What an auditor keeps: the chain of an organization's log behind its first `rows` rows, and where that is."""

    organization_id: str
    rows: int
    hash: str
    transaction_id: int
    seq: int
    closed_at: datetime | None


class Broken(Exception):
    """The log is not what it was: a sentence that names the first place."""


class _Chain(NamedTuple):
    """Behind so many rows; where the last of them is."""

    rows: int
    hash: bytes
    transaction_id: int
    seq: int


class _Step(NamedTuple):
    """A block: the chain before it and behind it, and the hashes of its rows as they are."""

    before: _Chain
    behind: _Chain
    hashes: bytes
    closed_at: datetime


def find() -> list[str]:
    """What `pharus check` says: the first broken place of each organization's log."""
    return organizations.discrepancies(_broken)


def _broken(org_id: str) -> Iterator[str]:
    try:
        head(org_id)
    except Broken as broken:
        yield f"the log of events: {broken}"


def head(org_id: str) -> Proof | None:
    """The end of the chain, of which every row was looked at; None where nothing was closed yet. Broken."""
    begins = _beginning(org_id)
    if begins is None:
        return None
    last, closed_at = begins, None
    for step in _walk(org_id, begins):
        last, closed_at = step.behind, step.closed_at
    reached = list(db.row("SELECT transaction_id, seq FROM event_chain WHERE org_id = %s", (org_id,)))
    if reached != [last.transaction_id, last.seq]:
        raise Broken(f"it was closed up to {_place(*reached)}, and its blocks end at {_place(*last[2:])}")
    return Proof(org_id, last.rows, last.hash.hex(), last.transaction_id, last.seq, closed_at)


def compare(proof: Proof) -> None:
    """Broken unless the log still begins with what the proof was made of. LookupError when that is not kept."""
    begins = _beginning(proof.organization_id)
    if begins is None:
        raise Broken("nothing of it was closed, and the proof is of more")
    if proof.rows < begins.rows:
        raise LookupError(f"its first {begins.rows} rows are not kept any more, and the proof is of {proof.rows}")
    chain = begins
    for step in _walk(proof.organization_id, begins):
        chain = _behind(step.before, step.hashes[: (proof.rows - step.before.rows) * _HASH_BYTES])
        if chain.rows == proof.rows:
            break
    if chain.rows != proof.rows:
        raise Broken(f"it has {chain.rows} rows, and the proof is of {proof.rows}")
    if chain.hash.hex() != proof.hash:
        raise Broken(f"its first {proof.rows} rows are not those that the proof was made of")


def _beginning(org_id: str) -> _Chain | None:
    """Behind what was deleted by the organization's own rule. Broken."""
    rows = db.rows(
        "SELECT deleted_rows, deleted_hash, kept_after_transaction_id, kept_after_seq, event_chain_start(org_id) "
        "FROM event_chain WHERE org_id = %s",
        (org_id,),
    )
    if not rows:
        return None
    [(count, begins_with, transaction_id, seq, start)] = rows
    if count == 0 and bytes(begins_with) != bytes(start):
        raise Broken("its chain does not begin with the organization")
    before = db.rows(
        "SELECT type, transaction_id, seq, occurred_at FROM event "
        "WHERE org_id = %s AND (transaction_id, seq) <= (%s, %s) ORDER BY transaction_id, seq LIMIT 1",
        (org_id, transaction_id, seq),
    )
    if before:
        raise Broken(f"{_row(*before[0])} is before what is kept")
    return _Chain(count, bytes(begins_with), transaction_id, seq)


def _walk(org_id: str, chain: _Chain) -> Iterator[_Step]:
    """The blocks, each of which fits to the one before it and to its rows. Broken."""
    number = None
    while True:
        blocks = db.rows(_WALK, (org_id, -1 if number is None else number, _BLOCKS))
        for block in blocks:
            step = _step(org_id, chain, number, *block)
            yield step
            number, chain = block[0], step.behind
        if len(blocks) < _BLOCKS:
            return


def _step(
    org_id: str,
    before: _Chain,
    last_number: int | None,
    number: int,
    after_transaction_id: int,
    after_seq: int,
    transaction_id: int,
    seq: int,
    row_count: int,
    chain_hash: bytes,
    row_hashes: bytes,
    actual: bytes,
    is_summary_of: bool,
    closed_at: datetime,
) -> _Step:
    if (after_transaction_id, after_seq) != before[2:] or (last_number is not None and number != last_number + 1):
        raise Broken(f"a block is missing behind {_place(*before[2:])}")
    row_hashes, actual = bytes(row_hashes), bytes(actual)
    if actual != row_hashes:
        raise Broken(_first_difference(org_id, before, row_hashes, actual))
    behind = _behind(before, actual)._replace(transaction_id=transaction_id, seq=seq)
    if (behind.rows, behind.hash) != (row_count, bytes(chain_hash)):
        raise Broken(f"the chain of its block {number}, up to {_place(transaction_id, seq)}, is not that of its rows")
    if not is_summary_of:
        raise Broken(f"its block {number}, up to {_place(transaction_id, seq)}, does not say what is in it")
    return _Step(before, behind, actual, closed_at)


def _behind(chain: _Chain, hashes: bytes) -> _Chain:
    digest = chain.hash
    for each in _pieces(hashes):
        digest = hashlib.sha256(digest + each).digest()
    return chain._replace(rows=chain.rows + len(hashes) // _HASH_BYTES, hash=digest)


def _first_difference(org_id: str, before: _Chain, closed: bytes, actual: bytes) -> str:
    then, now = _pieces(closed), _pieces(actual)
    at = next(
        (i for i, pair in enumerate(zip(then, now, strict=False)) if pair[0] != pair[1]), min(len(then), len(now))
    )
    number = f"row {before.rows + at + 1}"
    if at == len(now) or (then[at : at + 1] != [] and then[at] not in now and now[at] in then):
        return f"{number} was deleted, behind {_row(*_nth(org_id, before, at - 1)) if at else _place(*before[2:])}"
    row = _row(*_nth(org_id, before, at))
    if at == len(then) or (now[at] not in then and then[at] in now):
        return f"{number}, {row}, was added later"
    if now[at] in then:
        return f"{number}, {row}, is in another place than it was"
    return f"{number}, {row}, is not what it was"


def _nth(org_id: str, before: _Chain, at: int) -> tuple[Any, ...]:
    return db.row(_NTH, (org_id, before.transaction_id, before.seq, at))


def _pieces(hashes: bytes) -> list[bytes]:
    return [hashes[at : at + _HASH_BYTES] for at in range(0, len(hashes), _HASH_BYTES)]


def _row(type: str, transaction_id: int, seq: int, occurred_at: datetime) -> str:
    return f"{type} of {occurred_at:%Y-%m-%d %H:%M:%S} UTC ({_place(transaction_id, seq)})"


def _place(transaction_id: int, seq: int) -> str:
    return f"transaction {transaction_id}, change {seq}"
