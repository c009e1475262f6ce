"""How a record is shown: its columns under the keys of the contract."""

from collections.abc import Sequence
from typing import Any

from django.db.models import F

from bench.entities import columns


class Shown:
    """The entity with these keys; `others` are the columns that are not called like their key."""

    def __init__(self, keys: Sequence[str], **others: str) -> None:
        self._columns = columns(keys, **others)

    def of(self, record: Any) -> dict[str, Any]:
        """What is shown of a record that is loaded."""
        return {key: getattr(record, column) for key, column in self._columns.items()}

    def values(self, rows: Any, *more: str, **expressions: Any) -> Any:
        """The rows with nothing loaded but what is shown, and the columns `more`."""
        named = [key for key, column in self._columns.items() if key == column]
        renamed = {key: F(column) for key, column in self._columns.items() if key != column}
        return rows.values(*named, *more, **{**renamed, **expressions})
