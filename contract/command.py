"""`pharus test-contract`: all checks of a deployment, one after the other, and what comes of them."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

import click
import httpx

from contract import borders, fuzzing, roles
from contract.calling import Deployment
from contract.conformance import Deviation
from contract.document import Operation
from contract.kinds import Kinds
from contract.parties import ROLES, Parties, Unsuitable, given, made_up
from contract.report import UNUSABLE, Case, Report
from contract.world import World

SUITES = ("roles", "borders", "fuzz")
_VARIABLE = "PHARUS_CONTRACT_"


class Unusable(click.ClickException):
    """The deployment cannot be checked at all."""

    exit_code = UNUSABLE


@dataclass(frozen=True)
class Plan:
    """What to check: the paths that begin with one of `include` (all when there is none), by these suites."""

    url: str
    data: Path | None
    include: tuple[str, ...] = ()
    suites: tuple[str, ...] = SUITES
    examples: int = 20
    seed: int = 1


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
    parties = _parties(plan, deployment)
    if "roles" in plan.suites:
        roles.check(deployment, operations, parties, report)
    if "borders" in plan.suites or "fuzz" in plan.suites:
        kinds = Kinds(deployment.document)
        ours = World(deployment, kinds, parties.owner.headers)
        theirs = World(deployment, kinds, parties.stranger.headers)
        for world in (ours, theirs):
            world.fill()
            for id, deviations in world.deviations.items():
                report.add(Case("examples", id, deviations[:3]))
        if "borders" in plan.suites:
            borders.check(deployment, operations, ours, theirs, report)
        if "fuzz" in plan.suites:
            fuzzing.check(
                deployment, operations, parties, ours, theirs, report,
                data=plan.data, examples=plan.examples, seed=plan.seed,
            )  # fmt: skip
    return report


def _chosen(plan: Plan, deployment: Deployment) -> list[Operation]:
    every = deployment.document.operations
    chosen = [each for each in every if not plan.include or any(each.path.startswith(path) for path in plan.include)]
    if not chosen:
        raise Unsuitable(f"no path of its document begins with {' or '.join(plan.include)}")
    return chosen


def _parties(plan: Plan, deployment: Deployment) -> Parties:
    found = tokens()
    if found:
        return given(deployment, found)
    if plan.data is None:
        raise Unsuitable(
            "name who calls: API tokens of the owners of two organizations in PHARUS_CONTRACT_OWNER and "
            "PHARUS_CONTRACT_STRANGER, or, with local authentication, the deployment's data folder as --data"
        )
    return made_up(deployment, plan.data)
