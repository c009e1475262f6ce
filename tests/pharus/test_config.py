import dataclasses
import re
from importlib.metadata import EntryPoint
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
            "PHARUS_MIGRATE_URL": URL.replace("pharus@", "owner@"),
            "PHARUS_DATA": "/srv/pharus",
            "PHARUS_AUTH": "firebase",
            "PHARUS_FIREBASE_PROJECT": "example-project",
            "PHARUS_FIREBASE_API_KEY": "example-key",
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
            "PHARUS_IDENTITY_CHECK_MINUTES": "5",
            "PHARUS_MAX_ORGANIZATIONS": "3",
            "PHARUS_MAX_TOKENS": "0",
            "PHARUS_MAX_STORAGE_BYTES": "10000000000",
            "PHARUS_MAX_MAILS": "50",
            "PHARUS_KEEP_TOKENS_DAYS": "0",
            "PHARUS_KEEP_INVITATIONS_DAYS": "365",
            "PHARUS_KEEP_MAILS_DAYS": "7",
            "PHARUS_MAX_CONNECTIONS": "300",
            "PHARUS_MAX_CONNECTIONS_PER_ADDRESS": "0",
            "PHARUS_HEADER_SECONDS": "5",
            "PHARUS_KEEP_ALIVE_SECONDS": "6",
            "PHARUS_STALL_SECONDS": "7",
            "HOME": "/root",
        }
    )
    assert settings == Settings(
        database_url=URL,
        migrate_url=URL.replace("pharus@", "owner@"),
        data=Path("/srv/pharus"),
        auth="firebase",
        firebase_project="example-project",
        firebase_api_key="example-key",
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
        identity_check_minutes=5,
        max_organizations=3,
        max_tokens=0,
        max_storage_bytes=10_000_000_000,
        max_mails=50,
        keep_tokens_days=0,
        keep_invitations_days=365,
        keep_mails_days=7,
        max_connections=300,
        max_connections_per_address=0,
        header_seconds=5,
        keep_alive_seconds=6,
        stall_seconds=7,
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


def test_load_settings_refuses_a_name_that_it_does_not_know_and_suggests_one() -> None:
    with pytest.raises(ConfigurationError, match=r"PHARUS_THREAD is no setting; did you mean PHARUS_THREADS\?"):
        load_settings({"PHARUS_THREAD": "8"})
    with pytest.raises(ConfigurationError, match=r"PHARUS_TRUSTED_PROXY .* PHARUS_TRUSTED_PROXIES\?"):
        load_settings({"PHARUS_TRUSTED_PROXY": "10.0.0.1"})
    with pytest.raises(ConfigurationError, match="PHARUS_XYZZY is no setting; the README lists"):
        load_settings({"PHARUS_XYZZY": "1"})


def test_load_settings_leaves_variables_of_plugins_and_tools_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    plugin = EntryPoint("lots", "pharus_lots", "pharus")
    monkeypatch.setattr("pharus.config.entry_points", lambda group: [plugin] if group == "pharus" else [])
    load_settings({"PHARUS_LOTS_LABEL": "x", "PHARUS_TEST_DATABASE_URL": URL, "PHARUS_CONTRACT_OWNER": "x"})
    with pytest.raises(ConfigurationError, match="PHARUS_LABELS_SIZE"):
        load_settings({"PHARUS_LABELS_SIZE": "x"})


def test_readme_lists_every_setting_and_no_other() -> None:
    readme = (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")
    listed = set(re.findall(r"PHARUS_[A-Z_]+", "\n".join(re.findall(r"^\| (`PHARUS.*?) \|", readme, re.MULTILINE))))
    names = {f"PHARUS_{field.name.upper()}" for field in dataclasses.fields(Settings)}
    assert listed == names | {"PHARUS_ALLOW_LOCAL_AUTH", "PHARUS_TRUSTED_PROXIES"}


@pytest.mark.parametrize(
    ("name", "value"), [("DATABASE_URL", URL), ("MIGRATE_URL", URL), ("SMTP_URL", "smtp://mail.example.com")]
)
def test_load_settings_reads_what_holds_a_password_from_a_file(tmp_path: Path, name: str, value: str) -> None:
    (tmp_path / "secret").write_text(f"{value}\n")
    others = {"PHARUS_DATABASE_URL": URL} if name == "MIGRATE_URL" else {}
    settings = load_settings({**others, f"PHARUS_{name}_FILE": str(tmp_path / "secret")})
    assert getattr(settings, name.lower()) == value
    with pytest.raises(ConfigurationError, match=f"PHARUS_{name} and PHARUS_{name}_FILE are both set"):
        load_settings({f"PHARUS_{name}_FILE": str(tmp_path / "secret"), f"PHARUS_{name}": value})


def test_load_settings_refuses_a_file_that_holds_no_secret_and_says_nothing_of_what_it_holds(tmp_path: Path) -> None:
    for name, content in (("empty", b" \n"), ("binary", b"\xff\xfe"), ("missing", None)):
        if content is not None:
            (tmp_path / name).write_bytes(content)
        with pytest.raises(ConfigurationError, match=f"PHARUS_SMTP_URL_FILE names .*{name}, which (is|cannot)"):
            load_settings({"PHARUS_SMTP_URL_FILE": str(tmp_path / name)})
    with pytest.raises(ConfigurationError, match="PHARUS_THREADS_FILE is no setting"):
        load_settings({"PHARUS_THREADS_FILE": str(tmp_path / "empty")})


@pytest.mark.parametrize(
    "name",
    [field.name for field in dataclasses.fields(Settings) if isinstance(field.default, int) and field.default > 1],
)
def test_each_number_is_read(name: str) -> None:
    default = getattr(Settings, name)
    settings = load_settings({f"PHARUS_{name.upper()}": str(default + 1)})
    assert getattr(settings, name) == default + 1
