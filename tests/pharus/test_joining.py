"""Deferred statements travel in one text; none of them may take in what is sent behind it."""

import contextlib

import peewee
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pharus.db import db, unit_of_work
from pharus.errors import NotFound
from pharus.fields import new_id
from pharus.joining import joinable
from tests import factories
from tests.factories import Organization
from tests.pharus.acting import owner_of

ALLOWED = [
    "SELECT 1",
    "SELECT 1;",
    "SELECT 1; -- done",
    "SELECT 1; SELECT 2",
    "SELECT 1 -- a comment",
    "SELECT 1 /* one /* nested */ */",
    "SELECT 'it''s ; -- /*'",
    'SELECT 1 AS "a;""b"',
    "DO $$ BEGIN PERFORM 1; END $$",
    "DO $do$ BEGIN PERFORM $$;$$; END $do$",
    "SELECT a$b$c FROM (SELECT 1 AS a$b$c) AS t",
    "SELECT 50 % 7",
    "SET LOCAL ROLE pharus_app",
]
REFUSED = [
    ("SELECT 1;; -- done\n;COMMIT", "begins or ends"),
    ("SELECT 1;BEGIN;SELECT 2", "begins or ends"),
    ("SELECT 'open", "not closed"),
    ("SELECT 'it''", "not closed"),
    ('SELECT "open', "not closed"),
    ("SELECT $$open", "not closed"),
    ("SELECT $a$ open $b$", "not closed"),
    ("SELECT 1 /* open /* */", "not closed"),
    ("SELECT E'a\\'", "backslash"),
    ("SELECT E'a'\n'b\\'", "backslash"),
    ("COMMIT", "begins or ends"),
    ("  /* now */ -- really\n rollback", "begins or ends"),
    ("START TRANSACTION", "begins or ends"),
    ("PREPARE TRANSACTION 'x'", "begins or ends"),
    ("END", "begins or ends"),
]


@pytest.mark.no_database
@pytest.mark.parametrize("sql", ALLOWED)
def test_text_that_ends_in_itself_is_joinable(sql: str) -> None:
    assert joinable(sql, has_parameters=False) == sql


@pytest.mark.no_database
@pytest.mark.parametrize(("sql", "reason"), REFUSED)
def test_text_that_could_take_in_what_follows_is_refused(sql: str, reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        joinable(sql, has_parameters=False)


@pytest.mark.no_database
@pytest.mark.parametrize(
    "sql", ["SELECT '%s'", 'SELECT "%s"', "SELECT $$%s$$", "SELECT 1 -- %s", "SELECT /* %(a)s */ 1"]
)
def test_placeholder_in_quotes_or_comments_is_refused(sql: str) -> None:
    with pytest.raises(ValueError, match="placeholder"):
        joinable(sql, has_parameters=True)
    assert joinable(sql, has_parameters=False) == sql
    assert joinable("SELECT 'a %% b', %s", has_parameters=True)


def test_comment_at_the_end_of_a_deferred_statement_does_not_swallow_the_commit(organization: Organization) -> None:
    text = "UPDATE organization SET name = %s WHERE id = %s -- a comment"
    other = factories.make_organization()
    with unit_of_work(owner_of(organization.id)):
        db.defer(text, ("renamed", organization.id))
    with pytest.raises(NotFound), unit_of_work(owner_of(other.id)):
        raise NotFound("gone")
    assert db.row("SELECT name FROM organization WHERE id = %s", (organization.id,)) == ("renamed",)


def test_comment_at_the_end_of_a_prepared_statement_does_not_swallow_its_execution(organization: Organization) -> None:
    text = "SELECT %s::text || '%%s' -- a comment"
    with unit_of_work(owner_of(organization.id)):
        for value in ("a", "b"):
            assert db.prepared(text, (value,)) == [(f"{value}%s",)]


_PIECES = r"""SELECT_1 1 ' '' " \ E' $$ $a$ a$ -- /* */ ; %s %% , COMMIT ROLLBACK U&' x - $1 ( )"""
FRAGMENTS = st.lists(
    st.sampled_from([" ", "\n", *(piece.replace("_", " ") for piece in _PIECES.split())]), max_size=8
).map("".join)


@given(rest=FRAGMENTS, value=st.one_of(st.text("';\\-/*$a\"\n", max_size=6), st.integers(-5, 5), st.none()))
@settings(max_examples=400, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_is_deferred_the_next_statement_gives_its_own_row_and_the_unit_commits_or_raises(
    organization: Organization, rest: str, value: object
) -> None:
    """PostgreSQL itself is the judge: it refuses the whole text, or both statements were what they seem to be."""
    name = new_id()
    try:
        with unit_of_work(owner_of(organization.id)) as unit:
            db.send("UPDATE organization SET name = %s WHERE id = %s", (name, unit.org_id))
            # As many placeholders as there are, the rest of the text as it comes.
            db.defer("SELECT 1 " + rest, [value] * rest.replace("%%", "").count("%s") if "%" in rest else None)
            assert db.row("SELECT 'own row'") == ("own row",)
            db.defer("SELECT 1 " + rest, [value] * rest.replace("%%", "").count("%s") if "%" in rest else None)
    except (ValueError, IndexError, TypeError, peewee.PeeweeException):
        name = ""
    except Exception as error:
        # A refusal of the database, in our words.
        if error.__cause__ is None:
            raise
        name = ""
    with contextlib.suppress(NotFound), unit_of_work(owner_of(organization.id)):
        db.send("UPDATE organization SET name = 'leaked' WHERE id = %s", (organization.id,))
        raise NotFound("gone")
    ((stored,),) = db.rows("SELECT name FROM organization WHERE id = %s", (organization.id,))
    assert stored != "leaked"
    if name:
        assert stored == name
