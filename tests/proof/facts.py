"""What can be counted without running anything: from the document, and from the lists that the tests are made of."""

import json
from collections import Counter
from pathlib import Path
from typing import Any

from tests.clients.tools import HERE
from tests.contract import calls, places
from tests.contract.access_levels import ACCESS_LEVELS
from tests.contract.judging import document
from tests.mutants.seeded import MUTANTS


def count() -> dict[str, Any]:
    operations = calls.operations()
    roles = Counter(operation.minimum_role for operation in operations)
    return {
        "operations": len(operations),
        "roles": {role: roles[role] for role in ("public", "authenticated", "viewer", "member", "admin", "owner")},
        "schemas": len(document()["components"]["schemas"]),
        "access_levels": [level.name for level in ACCESS_LEVELS],
        "cells": len(operations) * len(ACCESS_LEVELS),
        "places": sum(len(places.find(operation)) for operation in operations),
        "lists": sum("cursor" in {each["name"] for each in operation.parameters} for operation in operations),
        "mutants": [mutant.name for mutant in MUTANTS],
        "tools": _tools(),
    }


def _tools() -> dict[str, str]:
    """The tools from npm, at the versions they are pinned to."""
    pinned: dict[str, str] = json.loads((HERE / Path("package.json")).read_text(encoding="utf-8"))["dependencies"]
    return pinned
