import pickle

import pytest

from pharus.files import Rendering
from tests.handlers.printing import files

pytestmark = pytest.mark.no_database


def test_rendering_travels_to_another_process() -> None:
    rendering = Rendering("PO-1.pdf", "application/pdf", files.echo, ("text",))
    travelled: Rendering = pickle.loads(pickle.dumps(rendering))
    assert travelled == rendering
    assert travelled.function(*travelled.arguments) == b"text"
