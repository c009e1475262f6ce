"""What tests of agents need."""

from collections.abc import Callable

import pytest

from tests import factories
from tests.factories import Organization
from tests.handlers.mcp.agent import Agent
from tests.server import Server

AsAgent = Callable[..., Agent]


@pytest.fixture
def as_agent(server: Server, organization: Organization) -> AsAgent:
    """An agent with a token of a new member: `as_agent("admin", scopes=["read"])`."""

    def make(role: str = "admin", org_id: str | None = None, **token: object) -> Agent:
        org_id = org_id or organization.id
        user = factories.make_user()
        factories.make_membership(org_id, user.id, role)
        return Agent(server.address, factories.make_api_token(org_id, user.id, **token))  # type: ignore[arg-type]

    return make


@pytest.fixture
def agent(as_agent: AsAgent) -> Agent:
    return as_agent()
