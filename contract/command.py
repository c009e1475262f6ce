"""`pharus test-contract`: all checks of a deployment, one after the other, and what comes of them."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

import click
import httpx

from contract import fuzzing, roles, tenant_isolation
from contract.access_levels import ROLES
from contract.callers import Callers, Unsuitable, given, made_up
from contract.calling import Deployment
from contract.conformance import Deviation
from contract.document import Operation
from contract.entities import Entities
from contract.hostile import suite as hostile
from contract.report import UNUSABLE, Case, Report
from contract.seed_data import SeedData

SUITES = ("roles", "isolation", "fuzz")
# It takes minutes, and a deployment with something to lose may lose it: only who asks for it gets it.
ALL_SUITES = (*SUITES, hostile.SUITE)
_VARIABLE = "PHARUS_CONTRACT_"


class Unusable(click.ClickException):
    """The deployment cannot be checked at all."""

    exit_code = UNUSABLE


@dataclass(frozen=True)
class Plan:
    """What to check: the paths that are one of `include` or below it (all when there is none), by these suites."""

    url: str
    data: Path | None
    include: tuple[str, ...] = ()
    suites: tuple[str, ...] = SUITES
    examples: int = 20
    seed: int = 1
    # The process of a server on this machine, to be measured by the hostile requests.
    pid: int | None = None


def run(plan: Plan) -> Report:
    """Check a deployment. Raises Unusable."""
    try:
        deployment = Deployment(plan.url)
        try:
            return _run(plan, deployment)
        finally:
            deployment.close()
    except (httpx.HTTPError, Unsuitable, Deviation) as error:
        raise Unusable(f"{plan.url} cannot be checked: {error}") from error


def tokens() -> dict[str, str]:
    """The API tokens in the environment, by role: PHARUS_CONTRACT_OWNER, …_STRANGER, …_ADMIN, …_MEMBER, …_VIEWER."""
    names = (*ROLES, "stranger")
    return {name: value for name in names if (value := os.environ.get(_VARIABLE + name.upper(), "").strip())}


def _run(plan: Plan, deployment: Deployment) -> Report:
    report = Report()
    operations = _chosen(plan, deployment)
    callers = _callers(plan, deployment)
    if "roles" in plan.suites:
        roles.check(operations, callers, report)
    if "isolation" in plan.suites or "fuzz" in plan.suites:
        entities = Entities(deployment.document)
        ours = SeedData(deployment, entities, callers.owner.headers)
        theirs = SeedData(deployment, entities, callers.stranger.headers)
        for seeds in (ours, theirs):
            seeds.fill()
            for id, deviations in seeds.deviations.items():
                report.add(Case("examples", id, deviations[:3]))
        if "isolation" in plan.suites:
            tenant_isolation.check(deployment, operations, ours, theirs, report)
        if "fuzz" in plan.suites:
            fuzzing.check(
                deployment, operations, callers, ours, theirs, report,
                data=plan.data, examples=plan.examples, seed=plan.seed,
            )  # fmt: skip
    if hostile.SUITE in plan.suites:
        has_api_token = callers.owner.level.has_api_token
        attacked = [each for each in operations if not (has_api_token and each.is_id_token_only)]
        try:
            hostile.check(deployment, attacked, callers.owner.headers, report, pid=plan.pid)
        except OSError as error:
            raise Unsuitable(f"the process {plan.pid} cannot be measured: {error}") from error
    return report


def _chosen(plan: Plan, deployment: Deployment) -> list[Operation]:
    every = deployment.document.operations
    # `/api/materials` is not `/api/materials-inventory`.
    folders = tuple(f"{path.rstrip('/')}/" for path in plan.include)
    chosen = [each for each in every if not folders or f"{each.path}/".startswith(folders)]
    if not chosen:
        raise Unsuitable(f"no path of its document is below {' or '.join(plan.include)}")
    return chosen


def _callers(plan: Plan, deployment: Deployment) -> Callers:
    found = tokens()
    if found:
        return given(deployment, found)
    if plan.data is None:
        raise Unsuitable(
            "name who calls: API tokens of the owners of two organizations in PHARUS_CONTRACT_OWNER and "
            "PHARUS_CONTRACT_STRANGER, or, with local authentication, the deployment's data folder as --data"
        )
    return made_up(deployment, plan.data)
