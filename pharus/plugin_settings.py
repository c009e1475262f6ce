"""The settings of plugins, by organization: what an admin has set, beside the defaults that a plugin's document has.

The document describes them (`x-settings`), and the server has the operations: GET and PUT of
`/api/x/<plugin>/settings`. They are a record like others: what is set is in the log of events. So they are no place
for secrets.
"""

import json
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from pharus.db import current, db
from pharus.fields import canonical

_defaults: dict[str, Mapping[str, Any]] = {}


def install(defaults: Mapping[str, Mapping[str, Any]]) -> None:
    """Take what plugins have where nothing is set. Done once at start."""
    _defaults.clear()
    _defaults.update(defaults)


def of(plugin: str) -> dict[str, Any]:
    """The settings of the plugin in this organization, as its document describes them. Inside a unit of work."""
    rows = db.prepared(
        "SELECT value::text FROM plugin_setting WHERE org_id = %s AND plugin = %s", (current().org_id, plugin)
    )
    return {**_defaults.get(plugin, {}), **(json.loads(rows[0][0]) if rows else {})}


def replace(plugin: str, settings: Mapping[str, Any]) -> dict[str, Any]:
    """Set all of them; what is not among them has its default again. What they are then."""
    text = json.dumps(settings, default=_text)
    db.defer(
        "INSERT INTO plugin_setting (org_id, plugin, value, updated_at) VALUES (%s, %s, %s, %s) "
        "ON CONFLICT (org_id, plugin) DO UPDATE SET value = excluded.value, updated_at = excluded.updated_at",
        (current().org_id, plugin, text, current().now),
    )
    return {**_defaults.get(plugin, {}), **json.loads(text)}


def _text(value: Any) -> str:
    if isinstance(value, Decimal):
        return canonical(value)
    raise TypeError(f"{type(value).__name__} is no setting")
