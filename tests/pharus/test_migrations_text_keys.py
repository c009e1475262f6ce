"""Texts that are unique whatever their letter case, width and form; on a database with older records, too."""

import pytest
from peewee import IntegrityError

from pharus import migrations
from pharus.db import db
from plugins import manager
from tests import factories

NAMES = {
    "plain": ("Soap", "SOAP"),
    "accents": ("Caf\u00e9", "CAFE\u0301"),
    "width": ("Oil 12", "\uff2f\uff29\uff2c \uff11\uff12"),
    "sigma": ("\u039f\u0394\u039f\u03a3", "\u03bf\u03b4\u03bf\u03c2"),
    "Kelvin sign": ("kilo", "\u212ailo"),
    "ligature": ("\ufb01ne", "FINE"),
}


@pytest.mark.parametrize("pair", NAMES)
def test_text_key_is_the_same_for_all_spellings(pair: str) -> None:
    first, second = NAMES[pair]
    assert db.row("SELECT text_key(%s) = text_key(%s)", (first, second)) == (True,)


@pytest.mark.parametrize(("first", "second"), [("Sari", "Sar\u0131"), ("Cafe", "Caf\u00e9"), ("Soap", "Soap 1")])
def test_text_key_is_another_for_other_letters(first: str, second: str) -> None:
    assert db.row("SELECT text_key(%s) = text_key(%s)", (first, second)) == (False,)


def test_text_key_knows_letters_in_a_database_of_any_locale() -> None:
    assert db.row('SELECT lower(%s COLLATE "C"), text_key(%s COLLATE "C")', ("\u00c9", "\u00c9")) == (
        "\u00c9",
        "\u00e9",
    )


@pytest.mark.parametrize("pair", ["accents", "width", "sigma", "ligature"])
def test_records_of_before_keep_their_names_and_new_ones_have_others(scratch: str, pair: str) -> None:
    every = migrations.read(manager.sources(manager.load(())))
    needed = ("pharus", "plugins.platform", "plugins.locations")
    migrations.apply([each for each in every if each.source in needed and "text_key" not in each.name + each.sql])
    org_id, first, second = factories.make_organization().id, *NAMES[pair]
    factories.make_location(org_id, name=first, sort_order=1)
    twin = factories.make_location(org_id, name=second, sort_order=2)
    factories.make_location(org_id, name="Another", sort_order=3)
    assert migrations.apply(every) > 0
    assert {name for (name,) in db.rows("SELECT name FROM location", ())} == {first, second, "Another"}
    for taken in NAMES[pair]:
        with pytest.raises(IntegrityError, match="location_name_key"), db.transaction():
            factories.make_location(org_id, name=taken, sort_order=4)
    # A twin may be changed, and with another name it is one no longer.
    db.execute_sql("UPDATE location SET notes = 'x' WHERE id = %s", (twin,))
    db.execute_sql("UPDATE location SET name = 'Third' WHERE id = %s", (twin,))
    with pytest.raises(IntegrityError, match="location_name_key"), db.transaction():
        factories.make_location(org_id, name="THIRD", sort_order=5)
    with pytest.raises(IntegrityError, match="location_name_key"), db.transaction():
        db.execute_sql("UPDATE location SET name = %s WHERE id = %s", (first.upper(), twin))


def test_a_database_without_such_records_has_no_column_for_them(migrated: str) -> None:
    assert db.rows("SELECT attname FROM pg_attribute WHERE attname ~ '_twin$'", ()) == []
