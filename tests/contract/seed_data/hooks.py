"""Loaded by schemathesis, in its process: what generated requests to a server of the tests name.

The records of the domains are named when a case is prepared, wherever they are in it; those of the platform already
when it is generated.
"""

from collections import Counter
from functools import partial
from typing import Any

import schemathesis
from hypothesis import strategies
from schemathesis.core.parameters import ParameterLocation
from schemathesis.generation.meta import TestPhase

from contract import schemathesis_hooks
from contract.document import Operation
from contract.schemathesis_hooks import is_negative, is_of_owner, is_steady, state
from pharus import db
from pharus import hooks as domains
from plugins import manager
from tests.contract.seed_data import preparation, tenants

_tenants = tenants.load(state.known)
_alice, _bob = _tenants.alice, _tenants.bob
db.configure(_tenants.database_url, application_name="pharus-fuzzing")
# What the inventory writes for Alice, before a request needs it, is written as the server would.
domains.install(manager.load(()))

# What a path parameter may be besides what is generated: a record of Alice's, and one of Bob's.
_PATH_VALUES = {
    ("invitations", "id"): (preparation.EXAMPLE_ID, _bob.invitation_id),
    ("api-tokens", "id"): (preparation.EXAMPLE_ID, _bob.api_token_id),
    ("by-token", "token"): (preparation.EXAMPLE_INVITATION_TOKEN,),
    ("members", "userId"): (preparation.EXAMPLE_USER_ID, _bob.member_id),
}
_BODY_VALUES = {
    ("acceptInvitation", "token"): (preparation.EXAMPLE_INVITATION_TOKEN, _bob.invitation_token),
    ("declineInvitation", "invitationId"): (preparation.EXAMPLE_INVITATION_ID, _bob.invitation_id),
    ("createApiToken", "orgId"): (preparation.EXAMPLE_ORGANIZATION_ID, _bob.org_id),
}


class TenantsPreparation:
    def __init__(self) -> None:
        self._preparation = preparation.Preparation(_tenants)
        self._calls: Counter[str] = Counter()
        self._queries: Counter[tuple[str, TestPhase | None]] = Counter()

    def prepare(self, operation: Operation, case: Any) -> None:
        steady = is_steady(case)
        if isinstance(case.query, dict):
            self._agree_on_page(operation, case, steady=steady)
        if not is_of_owner(case):
            return
        self._calls[operation.id] += 1
        if operation.reads_organization and not steady and self._calls[operation.id] % 20 == 0:
            case.headers["X-Org-Id"] = _bob.org_id
        elif isinstance(case.path_parameters, dict):
            self._preparation.prepare(operation, case, steady=steady)

    def _agree_on_page(self, operation: Operation, case: Any, *, steady: bool) -> None:
        """A cursor is one of this list, and no parameter excludes another one. One in eight of the generated queries
        stays as it is, and those that are wrong on purpose."""
        query = case.query
        is_example = query.get("cursor") == preparation.EXAMPLE_CURSOR
        is_meant = not is_negative(case, ParameterLocation.QUERY)
        group = (operation.id, case.meta.phase.name if case.meta is not None else None)
        self._queries[group] += is_meant
        agrees = is_meant and (steady or self._queries[group] % 8 != 0)
        if isinstance(query.get("cursor"), str) and (is_example or agrees):
            if operation.path in _alice.cursors:
                query["cursor"] = _alice.cursors[operation.path]
            else:
                # It has one page.
                del query["cursor"]
            # It belongs to the list as it is without a choice.
            query.pop("groupBy", None)
        if agrees:
            if "isActive" in query:
                query.pop("active", None)
            if {"cursor", "updatedSince", "q"} & query.keys():
                query.pop("sort", None)
            if {"cursor", "q"} & query.keys():
                query.pop("updatedSince", None)


@schemathesis.hook
def flatmap_case(context: Any, case: Any) -> Any:
    """An id that leads somewhere, most of the time. What is wrong on purpose stays, and so do the ids that a sequence
    of steps takes from the answer to the step before."""
    if case.meta is None or is_steady(case):
        return strategies.just(case)
    if isinstance(case.path_parameters, dict) and not is_negative(case, ParameterLocation.PATH):
        segments = context.operation.path.split("/")
        for (segment, name), known in _PATH_VALUES.items():
            if segment in segments and name in case.path_parameters:
                return _one_of(known, case.path_parameters[name]).map(partial(_with_path_value, case, name))
    if isinstance(case.body, dict) and not is_negative(case, ParameterLocation.BODY):
        for (operation_id, name), known in _BODY_VALUES.items():
            if operation_id == context.operation.definition.raw["operationId"] and name in case.body:
                return _one_of(known, case.body[name]).map(partial(_with_body_value, case, name))
    return strategies.just(case)


def _one_of(known: tuple[str, ...], generated: Any) -> Any:
    return strategies.sampled_from([*known[:1] * 3, *known[1:], generated])


def _with_path_value(case: Any, name: str, value: Any) -> Any:
    case.path_parameters = {**case.path_parameters, name: value}
    return case


def _with_body_value(case: Any, name: str, value: Any) -> Any:
    case.body = {**case.body, name: value}
    return case


schemathesis_hooks.install(TenantsPreparation())
