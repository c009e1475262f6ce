"""What people call records: by which of its texts a file may name one in the place of its id (docs/spreadsheets.md).

Each domain says it of its own tables in the hook `namings`.
"""

from dataclasses import dataclass

# The beginning of every path.
EVERYWHERE = "/api/"


@dataclass(frozen=True, slots=True)
class Naming:
    """Records of `table`, and the `keys` of rows that refer to them: in every import, or in those whose path begins
    with `below`.

    `by` are SQL expressions of a record, each of the key of a text (`text_key`, or the column that stores it); the
    first by which a text leads to any record decides. `shown` is what a file shows beside an id, words and the columns
    of them; `among` are keys of answers that name one of these records or one of other tables.
    """

    table: str
    by: tuple[str, ...]
    keys: tuple[str, ...]
    below: str = EVERYWHERE
    shown: tuple[tuple[str, str], ...] = (("name", "name"),)
    among: tuple[str, ...] = ()

    @property
    def entity(self) -> str:
        return self.table.replace("_", " ")
