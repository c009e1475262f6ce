"""How much one request may explode, and what is beyond it."""

from decimal import Decimal
from typing import Any

import pytest

from pharus.db import unit_of_work
from pharus.errors import Conflict
from pharus.identity import Actor, Role
from plugins.bom import explosion
from plugins.manufacturing import imports, orders, recipes
from tests.plugins.manufacturing.making import Making


def create(making: Making, *skus: str) -> None:
    with unit_of_work(actor(making)):
        orders.create(making.kind, making.body(*(making.line(sku, cost=Decimal(1)) for sku in skus)))


def bulk_import(making: Making, rows: int) -> None:
    body: list[dict[str, Any]] = [making.body(making.line(cost=Decimal(1))) for _ in range(rows)]
    with unit_of_work(actor(making)):
        imports.bulk_import(making.kind, body, mode="atomic", dry_run=False)


def actor(making: Making) -> Actor:
    return Actor(uid="test", user_id=None, org_id=making.org_id, role=Role.owner)


def test_lines_of_boms_beyond_the_limit_are_refused(manufacturing: Making, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(explosion, "MOST_LINES", 3)
    with pytest.raises(Conflict, match="order fewer of them at once"):
        create(manufacturing, "box")
    create(manufacturing, "bar")


def test_levels_beyond_the_limit_are_refused(manufacturing: Making, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(explosion, "MOST_LEVELS", 1)
    with pytest.raises(Conflict, match=f"below the sku {manufacturing.ids['box']} are more than 1 levels deep"):
        create(manufacturing, "bar", "box")
    create(manufacturing, "bar")


def test_inputs_beyond_the_limit_are_refused(making: Making, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(recipes, "MOST_INPUTS", 3)
    with pytest.raises(Conflict, match="the lines take more than 3 inputs"):
        create(making, "bar", "box")
    create(making, "bar")


def test_inputs_of_an_import_beyond_the_limit_are_refused(making: Making, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(recipes, "MOST_INPUTS", 3)
    monkeypatch.setattr(recipes, "MOST_INPUTS_OF_IMPORT", 7)
    with pytest.raises(Conflict, match="the lines take more than 7 inputs"):
        bulk_import(making, 4)
    bulk_import(making, 3)
