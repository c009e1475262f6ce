"""`pharus mcp`; what it forwards is tested in tests/handlers/mcp/test_stdio.py."""

import pytest
from click.testing import CliRunner

from handlers.cli.commands import main

pytestmark = pytest.mark.no_database


def test_it_needs_a_token(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PHARUS_MCP_TOKEN", raising=False)
    refused = CliRunner().invoke(main, ["mcp"])
    assert refused.exit_code == 2
    assert "--token" in refused.output
