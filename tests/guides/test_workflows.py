"""The stories on the real server: every figure of them is what the server says. And what they are as documents."""

import json
from collections.abc import Callable
from functools import cache
from pathlib import Path

import jsonschema_rs
import pytest
import yaml

from codegen.arazzo import ORDER
from tests import factories
from tests.api import Api
from tests.guides.people import Newcomers
from tests.guides.runner import FOLDER, Request, Response, Run, stories
from tests.server import Server


def _over(server: Server) -> Callable[[Request], Response]:
    def send(request: Request) -> Response:
        answer = Api(server.address).request(
            request.method,
            request.path,
            params=dict(request.query),
            headers=dict(request.headers),
            **({} if request.body is None else {"json": request.body}),
        )
        return Response(answer.status_code, answer.json())

    return send


def test_stories_go_on_from_one_another_to_the_last_figure(server: Server, newcomers: Newcomers) -> None:
    send = _over(server)
    inputs = newcomers.inputs()
    for name in ORDER:
        outputs = Run(stories()[name], inputs, send).outputs()
        assert outputs
        assert None not in outputs.values()
        inputs |= outputs


def test_figure_that_is_another_one_stops_the_story(server: Server, organization: factories.Organization) -> None:
    """The runner itself: `make` in an organization where nothing was bought."""
    user = factories.make_user()
    factories.make_membership(organization.id, user.id, "admin")
    token = factories.make_api_token(organization.id, user.id)
    with pytest.raises(AssertionError, match="there is no /data/0/name"):
        Run(stories()["make"], {"pharusToken": token}, _over(server)).outputs()
    factories.make_location(organization.id, name="Elsewhere")
    with pytest.raises(AssertionError, match=r"findThePlace: .*'Workshop', and it is 'Elsewhere'"):
        Run(stories()["make"], {"pharusToken": token}, _over(server)).outputs()


@cache
def _schema() -> jsonschema_rs.Validator:
    return jsonschema_rs.validator_for(json.loads(Path(__file__).with_name("arazzo-1.0.schema.json").read_text()))


@pytest.mark.no_database
@pytest.mark.parametrize("name", ORDER)
def test_document_is_arazzo(name: str) -> None:
    """By the schema that the OpenAPI Initiative publishes."""
    content = yaml.safe_load((FOLDER / f"{name}.arazzo.yaml").read_text(encoding="utf-8"))
    assert [f"{error.instance_path}: {error.message}" for error in _schema().iter_errors(content)] == []
    del content["workflows"][0]["steps"][0]["stepId"]
    assert not _schema().is_valid(content)


@pytest.mark.no_database
def test_every_status_of_a_step_is_one_of_its_operation() -> None:
    for story in stories().values():
        for step in story.steps:
            assert str(step.status) in step.operation.statuses, (story.name, step.id)
