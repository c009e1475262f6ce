from concurrent.futures import ThreadPoolExecutor

from pharus import db
from pharus.db import run, unit_of_work
from pharus.ordering import make_room, next_position
from pharus.records import Records
from plugins.locations import models, operations, schemas
from tests import factories
from tests.factories import Organization
from tests.pharus.acting import at_once, owner_of

locations = Records(models.Location, schemas.Location)


def order() -> list[tuple[str, int]]:
    return [(row["name"], row["sortOrder"]) for row in locations.select("ORDER BY sort_order, id")]


def add(*names: str) -> list[str]:
    return [locations.insert({"name": name, "sort_order": next_position("location")})["id"] for name in names]


def test_next_position_is_behind_the_last_of_the_organization(unit: db.Unit) -> None:
    factories.make_location(unit.org_id, sort_order=7)
    assert next_position("location") == 8


def test_next_position_in_an_empty_table_is_zero(unit: db.Unit) -> None:
    assert next_position("location") == 0


def test_make_room_shifts_those_at_the_position_and_behind_it(unit: db.Unit) -> None:
    ids = add("a", "b", "c", "d")
    make_room("location", ids[3], 1)
    locations.update(ids[3], {"sort_order": 1})
    assert order() == [("a", 0), ("d", 1), ("b", 2), ("c", 3)]


def test_make_room_at_a_position_that_is_free_or_its_own_shifts_nobody(unit: db.Unit) -> None:
    ids = add("a", "b", "c")
    make_room("location", ids[0], 9)
    make_room("location", ids[1], 1)
    assert order() == [("a", 0), ("b", 1), ("c", 2)]


def test_make_room_leaves_other_organizations_alone(organization: Organization) -> None:
    other = factories.make_organization()
    for each in (organization, other):
        with unit_of_work(owner_of(each.id)):
            ids = add("a", "b")
    with unit_of_work(owner_of(other.id)):
        make_room("location", ids[1], 0)
        locations.update(ids[1], {"sort_order": 0})
        assert order() == [("b", 0), ("a", 1)]
    with unit_of_work(owner_of(organization.id)):
        assert order() == [("a", 0), ("b", 1)]


def test_locations_created_at_once_get_positions_of_their_own(organization: Organization) -> None:
    def create(number: int) -> None:
        for step in range(5):
            run(
                owner_of(organization.id), lambda _, name=f"{number} {step}": operations.create_location({"name": name})
            )

    at_once(8, create)
    with unit_of_work(owner_of(organization.id)):
        assert [position for _, position in order()] == list(range(40))


def test_locations_moved_at_once_keep_positions_of_their_own(organization: Organization) -> None:
    with unit_of_work(owner_of(organization.id)):
        ids = add(*(f"{number}" for number in range(8)))

    def move(number: int) -> None:
        for position in (0, 3, number):
            run(
                owner_of(organization.id),
                lambda _, at=position: operations.update_location(ids[number], {"sortOrder": at}),
            )

    at_once(8, move)
    with unit_of_work(owner_of(organization.id)):
        positions = [position for _, position in order()]
    assert len(set(positions)) == 8, positions


def test_whoever_changes_the_order_does_not_hold_up_another_organization(organization: Organization) -> None:
    other = factories.make_organization()

    def add_one() -> None:
        with unit_of_work(owner_of(other.id)):
            add("a")
        db.disconnect()

    with unit_of_work(owner_of(organization.id)), ThreadPoolExecutor(1) as pool:
        add("a")
        pool.submit(add_one).result(timeout=5)
