"""Migration 0002 on a database whose ledgers were written before it: what it computes, and that all goes on exactly."""

from collections.abc import Callable, Iterator
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

import pytest

from pharus import migrations
from pharus.db import db, unit_of_work
from pharus.fields import new_id
from pharus.identity import Actor, Role
from pharus.migrations import roles
from plugins import manager
from plugins.inventory import engine, entries, integrity
from plugins.inventory.ledgers import FINISHED_GOODS, LEDGERS, MATERIALS, Ledger
from plugins.inventory.postings import Balance, Key, Posted
from plugins.inventory.running_index import RunningIndex
from tests import database, factories
from tests.pharus.acting import owner_of
from tests.plugins.inventory.before_undo import OldEntry, OldLedger

# Domains whose tables refer to what later migrations of the inventory make.
_LATER = {"plugins.lots"}


class Old(NamedTuple):
    """An organization of before, with a material and a SKU and two locations."""

    org_id: str
    material: str
    sku: str
    here: str
    there: str
    materials: OldLedger
    finished_goods: OldLedger


# What was written before, by the name of its test; goes on after the upgrade.
History = Callable[[Old], Iterator[None]]

_HISTORIES: dict[str, History] = {}


def _history(written: History) -> History:
    """One organization's: up to its `yield` it is written by what there was before the upgrade."""
    _HISTORIES[written.__name__] = written
    return written


@pytest.fixture(scope="module", params=["superuser", "owner of the tables"])
def upgraded(request: pytest.FixtureRequest, database_url: str) -> Iterator[dict[str, Iterator[None]]]:
    """The histories, in a database that was at the first migrations when they were written and has all of them now."""
    url = database.scratch(database_url)
    owner = None if request.param == "superuser" else f"pharus_test_owner_{new_id().replace('-', '')}"
    with database.kernel_on(url, database_url):
        migrations.apply(
            [
                each
                for each in _all()
                if each.source == "pharus" or (each.name.startswith("0001_") and each.source not in _LATER)
            ]
        )
        organizations = {name: _organization() for name in _HISTORIES}
        written = {name: history(organizations[name]) for name, history in _HISTORIES.items()}
        for name, history in written.items():
            next(history)
            organizations[name].materials.finish()
            organizations[name].finished_goods.finish()
        _upgrade(owner)
        yield written
    database.drop_scratch(database_url, url)


def _organization() -> Old:
    org_id = factories.make_organization().id
    here, there = (factories.make_location(org_id, sort_order=number) for number in range(2))
    return Old(
        org_id,
        factories.make_material(org_id),
        factories.make_sku(org_id),
        here,
        there,
        OldLedger(org_id, "materials"),
        OldLedger(org_id, "finished_goods"),
    )


def _all() -> list[migrations.Migration]:
    return migrations.read(manager.sources(manager.load(())))


def _upgrade(owner: str | None) -> None:
    """Apply the other migrations: as the superuser, or as a role of this name that owns the tables."""
    if owner is None:
        assert migrations.apply(_all()) > 0
        return
    db.execute_sql(
        f"CREATE ROLE {owner}; GRANT pharus_search TO {owner}; "
        f"GRANT USAGE, CREATE ON SCHEMA public TO {owner} WITH GRANT OPTION"
    )
    tables = db.execute_sql(
        "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'v')"
    ).fetchall()
    # What writes the changes of a table into the log is made anew where its columns are decided.
    functions = db.execute_sql(
        "SELECT proname FROM pg_proc WHERE pronamespace = 'public'::regnamespace AND proname LIKE '%%\\_events' "
        "AND prorettype = 'trigger'::regtype"
    ).fetchall()
    try:
        for (table,) in tables:
            db.execute_sql(f"ALTER TABLE {table} OWNER TO {owner}")
        for (function,) in functions:
            db.execute_sql(f"ALTER FUNCTION {function} OWNER TO {owner}")
        db.execute_sql(f"SET ROLE {owner}")
        assert db.row("SELECT count(*) FROM materials_ledger_entry", ()) == (0,), "row-level security is not forced"
        db.execute_sql(f"RESET ROLE; GRANT {', '.join(roles.ALL)} TO {owner}; SET ROLE {owner}")
        assert migrations.apply(_all()) > 0
    finally:
        db.execute_sql("RESET ROLE")
        db.execute_sql(f"REASSIGN OWNED BY {owner} TO CURRENT_USER; DROP OWNED BY {owner}; DROP ROLE {owner}")


def posted(old: Old, ledger: Ledger, entry: OldEntry) -> Posted:
    with unit_of_work(owner_of(old.org_id)):
        found = entries.read(ledger, "(id = %s OR reverses_id = %s)", (entry.id, entry.id))
    return next(each for each in found if each.id == entry.id)


def balance(old: Old, ledger: Ledger, item: str, location: str) -> Balance:
    with unit_of_work(owner_of(old.org_id)):
        return engine.lock_existing(ledger, [Key(item, location)])[Key(item, location)]


def undo(old: Old, ledger: Ledger, entry: OldEntry) -> Posted:
    inflow = posted(old, ledger, entry)
    with unit_of_work(Actor(uid="test", org_id=old.org_id, role=Role.owner)):
        return engine.post(ledger, [inflow.reverse()])[0].posted


def discrepancies(old: Old) -> list[str]:
    return [each for ledger in LEDGERS for each in integrity.of_organization(old.org_id, ledger)]


@_history
def sound_history_is_clean_and_an_undo_afterwards_is_exact(old: Old) -> Iterator[None]:
    first = old.materials.write("RECEIVE", old.material, old.here, 10, 100)
    old.materials.write("RECEIVE", old.material, old.here, 10, 20)
    old.materials.write("DISPOSE", old.material, old.here, 8)
    old.materials.undo(old.materials.write("RECEIVE", old.material, old.here, 3, 12))
    yield
    assert discrepancies(old) == []
    inflow, pool = posted(old, MATERIALS, first), balance(old, MATERIALS, old.material, old.here)
    assert inflow.index == RunningIndex()
    assert inflow.share_left(pool) == Decimal("0.6")
    entry = undo(old, MATERIALS, first)
    assert (entry.effect.value, entry.variance) == (-68, 32)
    pool = balance(old, MATERIALS, old.material, old.here)
    assert (pool.on_hand, pool.value) == (2, 4)
    assert discrepancies(old) == []


@_history
def index_is_the_one_that_postings_would_have_made(old: Old) -> Iterator[None]:
    """Over many turnovers, through an empty pool, and through an undo, which is an outflow for the others."""
    left: list[tuple[OldEntry, Fraction]] = []
    on_hand = Fraction(0)

    def shrink(before: Fraction, after: Fraction) -> None:
        left[:] = [(entry, share * after / before if after else Fraction(0)) for entry, share in left]

    for number in range(60):
        entry = old.materials.write("RECEIVE", old.material, old.here, 5, 5 + number)
        left.append((entry, Fraction(1)))
        on_hand += 5
        taken = on_hand if number == 20 else Fraction(4) if number % 3 else Fraction(7)
        taken = min(taken, on_hand)
        if number % 7 == 5 and on_hand > 5:
            # The share of the one that is undone goes; of the others so much less is left.
            share = dict(left)[entry]
            old.materials.undo(entry)
            left[:] = [each for each in left if each[0] is not entry]
            shrink(on_hand - share * 5, on_hand - 5)
            on_hand -= 5
            continue
        old.materials.write("CONSUME", old.material, old.here, Decimal(int(taken)))
        shrink(on_hand, on_hand - taken)
        on_hand -= taken
    yield
    pool = balance(old, MATERIALS, old.material, old.here)
    assert pool.on_hand == on_hand
    assert pool.index.exponent > 20
    for entry, share in left:
        found = Fraction(posted(old, MATERIALS, entry).share_left(pool))
        assert abs(found - share) <= share / 10**30 if share >= Fraction(1, 10**12) else found == 0
    assert discrepancies(old) == []


@_history
def transfers_under_way_keep_the_value_with_which_they_left(old: Old) -> Iterator[None]:
    old.materials.write("RECEIVE", old.material, old.here, 7, Decimal("3.000004"))
    sends = [
        old.materials.write(
            "TRANSFER", old.material, old.here, number, to_location_id=old.there, source_type="transfer"
        )
        for number in (1, 2, 3)
    ]
    old.materials.write(
        "RECEIVE", old.material, old.there, 1, -sends[0].value, source_type="transfer", source_id=sends[0].id
    )
    old.materials.undo(sends[1])
    yield
    there = balance(old, MATERIALS, old.material, old.there)
    assert (there.in_transit, there.in_transit_value) == (3, -sends[2].value)
    assert balance(old, MATERIALS, old.material, old.here).in_transit_value == 0
    assert discrepancies(old) == []


@_history
def production_and_found_stock_bring_what_came_from_outside(old: Old) -> Iterator[None]:
    receipt = new_id()
    old.materials.write("RECEIVE", old.material, old.here, 3, Decimal("0.999999"))
    old.materials.write("RECEIVE", old.material, old.here, 4, 4)
    # At an average of more places than a unit cost has: 4.999999 / 7.
    found = old.materials.write("ADJUST", old.material, old.here, 2, Decimal("1.428571142857"))
    used = old.materials.write("CONSUME", old.material, old.here, 4, source_id=receipt)
    made = old.finished_goods.write("PRODUCE", old.sku, old.here, 2, 5 - used.value, source_id=receipt)
    yield
    rows = dict(
        db.execute_sql(
            "SELECT id, added_value FROM finished_goods_ledger_entry WHERE org_id = %s", (old.org_id,)
        ).fetchall()
    )
    assert rows == {made.id: 5}
    rows = dict(
        db.execute_sql("SELECT id, added_value FROM materials_ledger_entry WHERE org_id = %s", (old.org_id,)).fetchall()
    )
    assert {id: value for id, value in rows.items() if value is not None} == {found.id: found.value}
    assert discrepancies(old) == []
    entry = undo(old, FINISHED_GOODS, made)
    assert (entry.effect.value, entry.variance) == (-made.value, 0)


@_history
def undo_of_before_that_distorted_values_has_a_variance_and_is_told(old: Old) -> Iterator[None]:
    first = old.materials.write("RECEIVE", old.material, old.here, 10, 100)
    old.materials.write("RECEIVE", old.material, old.here, 10, 20)
    old.materials.write("DISPOSE", old.material, old.here, 8)
    undone = old.materials.undo(first)
    yield
    assert posted(old, MATERIALS, undone).variance == 28
    # The identity holds; what the two pieces that are left cost is still wrong, and check says so.
    (discrepancy,) = discrepancies(old)
    assert "the average cost was 0, but goods came in at" in discrepancy


@_history
def ledger_is_append_only_and_guarded_again_afterwards(old: Old) -> Iterator[None]:
    yield
    rows = db.execute_sql(
        """
        SELECT relname, relrowsecurity, relforcerowsecurity, (
            SELECT tgenabled FROM pg_trigger WHERE tgrelid = pg_class.oid AND tgname = 'append_only'
        ) FROM pg_class WHERE relname ~ '^(materials|finished_goods)_(ledger_entry|balance)$' AND relkind = 'r'
        """
    ).fetchall()
    assert {tuple(row) for row in rows} == {
        ("materials_balance", True, True, None),
        ("finished_goods_balance", True, True, None),
        ("materials_ledger_entry", True, True, "A"),
        ("finished_goods_ledger_entry", True, True, "A"),
    }


@pytest.mark.parametrize("history", _HISTORIES)
def test_history_goes_on(upgraded: dict[str, Iterator[None]], history: str) -> None:
    assert next(upgraded[history], "its end") == "its end"
