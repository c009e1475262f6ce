"""The type of rows that are read only to be shown."""

from collections.abc import Mapping
from typing import Generic, TypeVar

T = TypeVar("T")


class Shown(Mapping[str, object], Generic[T]):
    """A row of a list, as the response carries it: the keys of T, but each decimal and each timestamp is the text of
    it, not a Decimal or a datetime.

    So a type checker lets nobody compute with its values: what is to be computed with is read with `Records`. Only a
    type: the rows are dictionaries.
    """
