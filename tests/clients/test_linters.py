"""Linters of the document. Only run on request: make clients."""

import json

import pytest

from tests.clients import tools

pytestmark = [pytest.mark.clients, pytest.mark.xdist_group("clients")]


def test_redocly_recommends_nothing() -> None:
    result = tools.run(
        "redocly", "lint", "--config", str(tools.HERE / "redocly.yaml"), "--format", "json", *_document()
    )
    found = json.loads(result.stdout)["problems"]
    assert [f"{each['ruleId']}: {each['message']} {each['location'][0]['pointer']}" for each in found] == []
    assert result.returncode == 0, result.stderr


def test_spectral_recommends_nothing() -> None:
    options = ("--ruleset", str(tools.HERE / "spectral.yaml"), "--fail-severity", "hint", "--quiet")
    result = tools.run("spectral", "lint", *options, *_document())
    assert result.returncode == 0, result.stdout + result.stderr


def _document() -> tuple[str, ...]:
    return (str(tools.DOCUMENT),)
