from pathlib import Path

import pytest

from pharus.config import Settings, load_settings
from pharus.errors import ConfigurationError

URL = "postgresql://pharus@db.example.com/pharus"


def test_load_settings_of_an_empty_environment_are_those_of_a_laptop() -> None:
    settings = load_settings({})
    assert settings == Settings(data=Path(".pharus").absolute())
    assert (settings.database_url, settings.auth, settings.plugins, settings.smtp_url) == (None, "local", None, None)


def test_load_settings_reads_every_variable() -> None:
    settings = load_settings(
        {
            "PHARUS_DATABASE_URL": URL,
            "PHARUS_DATA": "/srv/pharus",
            "PHARUS_AUTH": "firebase",
            "PHARUS_FIREBASE_PROJECT": "example-project",
            "PHARUS_PLUGINS": "labels, shipping,",
            "PHARUS_LOG": "json",
            "PHARUS_THREADS": "8",
            "PHARUS_QUEUE": "10",
            "PHARUS_MAX_BODY_BYTES": "2048",
            "PHARUS_STATEMENT_TIMEOUT_SECONDS": "5",
            "PHARUS_RENDERERS": "2",
            "PHARUS_RENDER_SECONDS": "60",
            "PHARUS_RATE_LIMITS": "off",
            "PHARUS_CORS_ORIGINS": "https://app.example.com",
            "PHARUS_SMTP_URL": "smtp://mail.example.com:25",
            "PHARUS_MAIL_FROM": "pharus@example.com",
            "PHARUS_PUBLIC_URL": "https://app.example.com/",
            "PHARUS_API_URL": "https://api.example.com/",
            "PHARUS_STORAGE": "gcs",
            "PHARUS_STORAGE_BUCKET": "example-documents",
            "HOME": "/root",
        }
    )
    assert settings == Settings(
        database_url=URL,
        data=Path("/srv/pharus"),
        auth="firebase",
        firebase_project="example-project",
        plugins=("labels", "shipping"),
        log="json",
        threads=8,
        queue=10,
        max_body_bytes=2048,
        statement_timeout_seconds=5,
        renderers=2,
        render_seconds=60,
        rate_limits=False,
        cors_origins=("https://app.example.com",),
        smtp_url="smtp://mail.example.com:25",
        mail_from="pharus@example.com",
        public_url="https://app.example.com",
        api_url="https://api.example.com",
        storage="gcs",
        storage_bucket="example-documents",
    )


def test_load_settings_looks_for_the_server_where_the_user_interface_is_unless_told() -> None:
    assert load_settings({"PHARUS_PUBLIC_URL": "https://example.com/"}).api_url == "https://example.com"


def test_load_settings_takes_an_empty_variable_for_an_absent_one() -> None:
    assert load_settings({"PHARUS_THREADS": "", "PHARUS_DATABASE_URL": " ", "PHARUS_AUTH": ""}) == load_settings({})


def test_load_settings_with_a_database_expects_firebase() -> None:
    assert load_settings({"PHARUS_DATABASE_URL": URL}).auth == "firebase"
    assert load_settings({"PHARUS_DATABASE_URL": "postgres://x/y"}).auth == "firebase"


def test_load_settings_local_auth_with_a_database_must_be_really_meant() -> None:
    environment = {"PHARUS_DATABASE_URL": URL, "PHARUS_AUTH": "local"}
    with pytest.raises(ConfigurationError, match="PHARUS_ALLOW_LOCAL_AUTH=on"):
        load_settings(environment)
    with pytest.raises(ConfigurationError):
        load_settings({**environment, "PHARUS_ALLOW_LOCAL_AUTH": "yes"})
    assert load_settings({**environment, "PHARUS_ALLOW_LOCAL_AUTH": "on"}).auth == "local"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PHARUS_DATABASE_URL", "mysql://db.example.com/pharus"),
        ("PHARUS_DATABASE_URL", "db.example.com"),
        ("PHARUS_AUTH", "none"),
        ("PHARUS_LOG", "xml"),
        ("PHARUS_RATE_LIMITS", "maybe"),
        ("PHARUS_THREADS", "0"),
        ("PHARUS_THREADS", "65"),
        ("PHARUS_THREADS", "four"),
        ("PHARUS_THREADS", "4.0"),
        ("PHARUS_THREADS", "-1"),
        ("PHARUS_THREADS", "٤"),
        ("PHARUS_QUEUE", "0"),
        ("PHARUS_MAX_BODY_BYTES", "8MB"),
        ("PHARUS_STATEMENT_TIMEOUT_SECONDS", "3601"),
    ],
)
def test_load_settings_refuses_what_cannot_be_used_and_names_the_variable(name: str, value: str) -> None:
    with pytest.raises(ConfigurationError, match=name):
        load_settings({name: value})


def test_load_settings_reads_the_process_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PHARUS_QUEUE", "77")
    assert load_settings().queue == 77
