"""A record that was inserted is shown without asking the database back: so its model has to say what the table says."""

import re
from importlib import import_module
from typing import Any

import peewee
import pytest

from pharus.db import TenantModel, db
from plugins import manager

_DEFAULT = re.compile(r"'?(.*?)'?(?:::[a-z ]+)?")


def models() -> list[type[TenantModel]]:
    found = []
    for domain in manager.DOMAINS:
        module = import_module(f"plugins.{domain}.models")
        found += [
            model
            for model in vars(module).values()
            if isinstance(model, type) and issubclass(model, TenantModel) and model.__module__ == module.__name__
        ]
    return found


@pytest.mark.parametrize("model", models(), ids=lambda model: model.__name__)
def test_model_says_which_columns_may_be_null_and_what_they_are_unless_named(
    model: type[TenantModel],
) -> None:
    columns = {
        name: (nullable == "YES", default, kind, is_generated == "ALWAYS")
        for name, nullable, default, kind, is_generated in db.execute_sql(
            "SELECT column_name, is_nullable, column_default, data_type, is_generated FROM information_schema.columns "
            "WHERE table_name = %s",
            (model._meta.table_name,),
        )
    }
    if not columns:
        # The base of two kinds of tables.
        assert model.__subclasses__()
        return
    is_view = bool(db.row("SELECT count(*) FROM pg_views WHERE viewname = %s", (model._meta.table_name,))[0])
    for name, field in model._meta.columns.items():
        nullable, default, kind, is_generated = columns[name]
        if is_view or is_generated or name in ("created_at", "updated_at", "joined_at"):
            continue
        assert (field.null, _value(field.default)) == (nullable, _value(_read(default, kind))), name
        assert not isinstance(field, peewee.DecimalField) or kind == "numeric", name


def _read(default: str | None, kind: str) -> Any:
    if default is None:
        return None
    match = _DEFAULT.fullmatch(default)
    assert match is not None, default
    return {"true": True, "false": False}[match[1]] if kind == "boolean" else match[1]


def _value(default: Any) -> Any:
    return default if default is None or isinstance(default, bool) else str(default)
