import pytest

from pharus import db
from pharus.errors import InUse, InvalidTransition, NotFound
from pharus.fields import new_id
from pharus.lookups import Lookups
from plugins.materials import models
from tests import factories

types = Lookups(models.MaterialType)


def test_create_is_active_and_comes_last(unit: db.Unit) -> None:
    assert [types.create({"name": name})["sortOrder"] for name in ("b", "a")] == [0, 1]
    assert [(entry["name"], entry["isActive"]) for entry in types.all()["data"]] == [("b", True), ("a", True)]


def test_all_shows_the_deactivated_too(unit: db.Unit) -> None:
    id = types.create({"name": "a"})["id"]
    types.update(id, {"isActive": False})
    assert [entry["isActive"] for entry in types.all()["data"]] == [False]


def test_update_to_a_taken_position_shifts_the_others(unit: db.Unit) -> None:
    ids = [types.create({"name": name})["id"] for name in "abc"]
    assert types.update(ids[2], {"sortOrder": 0, "name": "z"})["name"] == "z"
    assert [entry["name"] for entry in types.all()["data"]] == ["z", "a", "b"]


def test_delete_removes_what_is_not_in_use(unit: db.Unit) -> None:
    used, unused = (types.create({"name": name})["id"] for name in "ab")
    factories.make_material(unit.org_id, type_id=used)
    assert types.delete(unused) == {"deletedId": unused}
    with pytest.raises(InUse) as raised:
        types.delete(used)
    assert raised.value.details == {"references": {"materialCount": 1}}


def test_usage_counts_all_and_samples_ten(unit: db.Unit) -> None:
    id, unused = (types.create({"name": name})["id"] for name in "ab")
    made = [factories.make_material(unit.org_id, type_id=id, code=f"M-{number:02}") for number in range(12)]
    assert types.usage(id, "material", "material_type_id") == (12, made[:10])
    assert types.usage(unused, "material", "material_type_id") == (0, [])
    with pytest.raises(NotFound):
        types.usage(new_id(), "material", "material_type_id")


def test_reactivate_makes_active_what_was_not(unit: db.Unit) -> None:
    id = types.create({"name": "a"})["id"]
    with pytest.raises(InvalidTransition):
        types.reactivate(id)
    types.update(id, {"isActive": False})
    assert types.reactivate(id)["isActive"] is True
