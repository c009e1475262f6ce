import pytest

from pharus import hooks
from pharus.db import Unit, db


def test_what_the_domains_say_is_of_their_tables_and_of_one_meaning(unit: Unit) -> None:
    namings = hooks.all_namings()
    assert {naming.entity for naming in namings} >= {"vendor", "customer segment", "material", "order channel"}
    for naming in namings:
        assert db.rows(f"SELECT {', '.join(naming.by)} FROM {naming.table} WHERE org_id = %s", (unit.org_id,)) == []
    said = [(key, naming.below) for naming in namings for key in naming.keys]
    assert len(said) == len(set(said))


def test_what_is_no_naming_is_refused() -> None:
    with pytest.raises(TypeError, match="namings must return"):
        hooks._checked("namings", [("vendor", "name")])
