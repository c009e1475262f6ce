"""Which statements may be sent in one text with others, joined by semicolons.

Nothing in a deferred statement may swallow what is sent behind it: another statement, a COMMIT. So the text must close
what it opens, and neither begin nor end a transaction. Each text is read once.
"""

import re
from functools import lru_cache

_TOKEN = re.compile(
    r"""
    (?P<line>--[^\r\n]*)
    | (?P<block>/\*)
    | (?P<quoted>'[^']*'?|"[^"]*"?)
    | (?P<word>[^\W\d][\w$]*)
    | (?P<dollar>\$(?:[^\W\d]\w*)?\$)
    | (?P<end>;)
    | (?P<other>\S)
    """,
    re.VERBOSE,
)
_BLOCK = re.compile(r"/\*|\*/")

# They begin or end the transaction, or name a point in it: only the unit of work and `savepoint` do that.
_CONTROL = frozenset({"abort", "begin", "commit", "end", "prepare", "release", "rollback", "savepoint", "start"})


@lru_cache(maxsize=4096)
def joinable(sql: str, *, has_parameters: bool) -> str:
    """The same text; ValueError when it could take in or end what is sent along with it."""
    begins = True
    at = 0
    while (token := _TOKEN.search(sql, at)) is not None:
        at = token.end()
        group, text = str(token.lastgroup), token[0]
        if group == "block":
            at = _end_of_block(sql, at)
            text = sql[token.start() : at]
        elif group == "dollar":
            at = _end_of_dollar(sql, text, at)
            text = sql[token.start() : at]
        elif group == "quoted" and (len(text) == 1 or text[-1] != text[0]):
            raise _refused("holds a quote that is not closed", sql)
        if group in ("line", "block"):
            _refuse_placeholder(text, sql, has_parameters)
            continue
        if begins and text.lower() in _CONTROL:
            raise _refused("begins or ends a transaction", sql)
        begins = group == "end"
        if group in ("quoted", "dollar"):
            _refuse_placeholder(text, sql, has_parameters)
            if group == "quoted" and "\\" in text:
                # Whether it escapes the quote behind it depends on what is before the literal.
                raise _refused("holds a backslash in quotes: pass a parameter", sql)
    return sql


def _end_of_block(sql: str, at: int) -> int:
    """Behind the comment that was opened before `at`; comments nest."""
    depth = 1
    while depth:
        found = _BLOCK.search(sql, at)
        if found is None:
            raise _refused("holds a comment that is not closed", sql)
        depth += 1 if found[0] == "/*" else -1
        at = found.end()
    return at


def _end_of_dollar(sql: str, tag: str, at: int) -> int:
    end = sql.find(tag, at)
    if end < 0:
        raise _refused("holds a quote that is not closed", sql)
    return end + len(tag)


def _refuse_placeholder(text: str, sql: str, has_parameters: bool) -> None:
    if has_parameters and "%" in text.replace("%%", ""):
        raise _refused("holds a placeholder in quotes or in a comment", sql)


def _refused(reason: str, sql: str) -> ValueError:
    return ValueError(f"a deferred statement {reason}: {sql[:200]}")
