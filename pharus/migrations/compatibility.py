"""Whether servers of before go on working once a migration is applied (docs/adr/0029).

While a new version is rolled out, old servers work on the migrated tables. What adds does them no harm; what takes
away, renames or demands more does, and so it is recorded with the migration. The SQL is not parsed: it is searched for
what commonly does harm, and who knows better says so in the file.
"""

import re

# A line of its own: what follows the colon is for people.
_SAID = re.compile(r"^-- old servers (stop|work): *\S", re.MULTILINE)

_COMMENTS = re.compile(r"--[^\n]*|/\*.*?\*/", re.DOTALL)

# What is looked for, and why old servers stop at it.
_HARMFUL = (
    (r"\bDROP\s+TABLE\b", "drops a table"),
    (r"\bDROP\s+COLUMN\b", "drops a column"),
    (r"\bDROP\s+(FUNCTION|PROCEDURE|VIEW|TYPE)\b", "drops what an old statement may name"),
    (r"\bRENAME\b", "renames what an old statement may name"),
    (r"\bALTER\s+(COLUMN\s+)?\S+\s+(SET\s+DATA\s+)?TYPE\b", "changes the type of a column, and rewrites the table"),
    (r"\bSET\s+NOT\s+NULL\b", "demands a value that old servers may not give"),
    (r"\bADD\s+COLUMN\b(?:(?!\bDEFAULT\b|\bGENERATED\b)[^,;])*\bNOT\s+NULL\b(?!\s+(DEFAULT|GENERATED)\b)",
     "demands a value that old servers do not give"),
    (r"\bADD\s+(CONSTRAINT\s+\S+\s+)?CHECK\b", "refuses what old servers may write"),
    (r"\bREVOKE\b[^;]*\bFROM\s+pharus_", "takes a right that old servers may use"),
)  # fmt: skip


def objections(sql: str) -> list[str]:
    """What in it may stop old servers, each as the end of a sentence."""
    code = _COMMENTS.sub(" ", sql)
    return [why for pattern, why in _HARMFUL if re.search(pattern, code, re.IGNORECASE)]


def says(sql: str) -> str | None:
    """`stop` or `work` when the file says itself what it does to old servers: `-- old servers work: because …`."""
    found = _SAID.search(sql)
    return found[1] if found else None


def breaks_old_servers(sql: str) -> bool:
    said = says(sql)
    return bool(objections(sql)) if said is None else said == "stop"
