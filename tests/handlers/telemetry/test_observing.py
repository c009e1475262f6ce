import subprocess
import sys
from pathlib import Path

import psycopg2
import pytest

from handlers import app, spec
from handlers.telemetry.observing import Telemetry
from pharus import instrumentation
from pharus.config import Settings
from pharus.db import db
from plugins import manager

ROOT = Path(__file__).parents[3]


def document() -> spec.Document:
    return app.document(manager.load(()))


def test_nobody_observes_unless_settings_ask_for_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("OTEL_TRACES_EXPORTER", raising=False)
    telemetry = Telemetry(Settings(), document(), {}, {})
    assert instrumentation.observers == ()
    telemetry.start()
    telemetry.close(1)


def test_neither_library_is_loaded_unless_it_is_asked_for() -> None:
    """They take time and memory at each start."""
    script = (
        "import sys; from handlers import app; from handlers.telemetry.observing import Telemetry; "
        "from pharus.config import Settings; from plugins import manager; "
        "Telemetry(Settings(), app.document(manager.load(())), {}, {}); "
        "print([name for name in ('prometheus_client', 'opentelemetry.sdk') if name in sys.modules])"
    )
    found = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", script], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert found.stdout == "[]\n"


def test_connections_of_the_database_are_counted_while_they_are_open() -> None:
    before = instrumentation.count_connections()
    other = psycopg2.connect(db.database, **db.connect_params)
    assert instrumentation.count_connections() == before + 1
    other.close()
    assert instrumentation.count_connections() == before
