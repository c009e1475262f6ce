"""Settings from the environment, read once at start. Every variable begins with PHARUS_."""

import difflib
import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from importlib.metadata import entry_points
from pathlib import Path
from typing import Literal, cast

from pharus.errors import ConfigurationError

AuthKind = Literal["local", "firebase"]
StorageKind = Literal["local", "gcs"]
LogForm = Literal["console", "json"]
LogLevel = Literal["debug", "info", "warning", "error"]


@dataclass(frozen=True)
class Settings:
    """What the environment says. What holds a password may be in a file of its own: PHARUS_DATABASE_URL_FILE,
    PHARUS_MIGRATE_URL_FILE and PHARUS_SMTP_URL_FILE name it.

    database_url              PHARUS_DATABASE_URL: postgresql://…; absent: the embedded PostgreSQL
    migrate_url               PHARUS_MIGRATE_URL: the same database for the login that owns the tables, which migrates,
                              checks and saves it; absent: PHARUS_DATABASE_URL does all of it
    data                      PHARUS_DATA: folder of the embedded database, of local keys and files (default `.pharus`)
    auth                      PHARUS_AUTH: `local` or `firebase`; default local with the embedded database
    firebase_project          PHARUS_FIREBASE_PROJECT
    firebase_api_key          PHARUS_FIREBASE_API_KEY: the project's web API key, which is no secret; with it the
                              console signs people in by e-mail and password
    plugins                   PHARUS_PLUGINS: comma-separated names of external plugins to load (default: all installed)
    log                       PHARUS_LOG: `console` or `json`
    log_level                 PHARUS_LOG_LEVEL: `debug`, `info`, `warning` or `error`; requests have a line each from
                              `info` on, and with `warning` only those that are slow or failed
    slow_request_milliseconds  PHARUS_SLOW_REQUEST_MILLISECONDS: a request that takes longer is named as slow; 0: none
    slow_statement_milliseconds  PHARUS_SLOW_STATEMENT_MILLISECONDS: the same of a statement, with its text
    metrics_port              PHARUS_METRICS_PORT: where Prometheus finds /metrics, for all processes of this server; 0:
                              nowhere
    metrics_host              PHARUS_METRICS_HOST: the address of that port
    threads                   PHARUS_THREADS: worker threads of one process that an organization may hold at a time;
                              there is one more, for the others; each has one database connection, and a second
                              one from the first number on that it gives out (docs/adr/0006)
    queue                     PHARUS_QUEUE: requests that may wait for a thread, at most half of them of one
                              organization; one more is answered 503
    waiters                   PHARUS_WAITERS: requests that may wait for events (`wait` of listEvents), at most half of
                              them of one organization; one more is answered 503
    request_seconds           PHARUS_REQUEST_SECONDS: a request that takes longer, with the time that it waits for a
                              thread, is given up and answered 503
    stop_seconds              PHARUS_STOP_SECONDS: after SIGTERM what is under way may take so long; the rest is
                              answered 503, and two seconds later the process has ended, whatever hangs
    max_body_bytes            PHARUS_MAX_BODY_BYTES: the largest JSON body
    max_body_bytes_in_flight  PHARUS_MAX_BODY_BYTES_IN_FLIGHT: what all larger JSON bodies together may take of a
                              process's memory, half of it those of one organization
    statement_timeout_seconds PHARUS_STATEMENT_TIMEOUT_SECONDS: PostgreSQL cancels a longer statement
    renderers                 PHARUS_RENDERERS: files (PDFs) that one server process makes at a time
    render_seconds            PHARUS_RENDER_SECONDS: a file that takes longer is given up
    rate_limits               PHARUS_RATE_LIMITS: `on` or `off` (a fuzzing server turns them off)
    rate_limit_token          PHARUS_RATE_LIMIT_TOKEN: requests a minute of one API token or, without one, person that
                              a server process does; 0: any number
    rate_limit_organization   PHARUS_RATE_LIMIT_ORGANIZATION: the same of one organization
    cors_origins              PHARUS_CORS_ORIGINS: comma-separated origins of browser applications
    smtp_url                  PHARUS_SMTP_URL: smtp://user:password@host:port, smtps:// for TLS from the start
    mail_from                 PHARUS_MAIL_FROM: sender of mails
    public_url                PHARUS_PUBLIC_URL: where people reach the user interface; invitation links begin with it
    api_url                   PHARUS_API_URL: where clients reach this server; links to files begin with it (default
                              the public URL, and without that where `pharus serve` listens)
    storage                   PHARUS_STORAGE: where files are kept, `local` (a folder in PHARUS_DATA) or `gcs`
    storage_bucket            PHARUS_STORAGE_BUCKET: the bucket of Google Cloud Storage
    identity_check_minutes    PHARUS_IDENTITY_CHECK_MINUTES: how often the identity provider is asked about each person
                              who has API tokens; 0: never
    max_organizations         PHARUS_MAX_ORGANIZATIONS: organizations that one person may own; 0: any number
    max_tokens                PHARUS_MAX_TOKENS: valid API tokens of an organization; 0: any number
    max_storage_bytes         PHARUS_MAX_STORAGE_BYTES: what the files of an organization may take; 0: any amount
    max_mails                 PHARUS_MAX_MAILS: invitation mails that an organization sends in a day; 0: any number
    max_webhook_endpoints     PHARUS_MAX_WEBHOOK_ENDPOINTS: webhook endpoints of an organization; 0: any number
    webhook_allow             PHARUS_WEBHOOK_ALLOW: comma-separated hosts and networks (10.1.2.0/24) that webhooks may
                              be sent to although they are private or local
    webhook_delivery          PHARUS_WEBHOOK_DELIVERY: `on` or `off`: then only `pharus work` delivers webhooks
    plugin_jobs               PHARUS_PLUGIN_JOBS: `on` or `off`: then only `pharus work` runs the jobs of plugins
    webhook_pause_days        PHARUS_WEBHOOK_PAUSE_DAYS: an endpoint that takes nothing for so long is paused; 0: none
    keep_webhooks_days        PHARUS_KEEP_WEBHOOKS_DAYS: how long the log of deliveries is kept, and what was given up;
                              0: for ever
    keep_tokens_days          PHARUS_KEEP_TOKENS_DAYS: how long API tokens are kept that have expired or were revoked;
                              0: for ever, as of the next three
    keep_invitations_days     PHARUS_KEEP_INVITATIONS_DAYS: the same of invitations that were accepted or revoked, or
                              have expired
    keep_mails_days           PHARUS_KEEP_MAILS_DAYS: the same of mails that were sent or given up
    keep_idempotency_keys_days  PHARUS_KEEP_IDEMPOTENCY_KEYS_DAYS: for how long a request that is repeated with its
                              Idempotency-Key is answered as the first time
    max_connections           PHARUS_MAX_CONNECTIONS: connections that one process keeps open at a time, as far as its
                              file descriptors (ulimit -n) allow; each worker process has its own
    max_connections_per_address  PHARUS_MAX_CONNECTIONS_PER_ADDRESS: of these, those of one address (of IPv6: one /64);
                              addresses in PHARUS_TRUSTED_PROXIES are not bound by it; 0: any number
    header_seconds            PHARUS_HEADER_SECONDS: a request line with its headers must be whole after this long
    keep_alive_seconds        PHARUS_KEEP_ALIVE_SECONDS: a connection that is not used is closed after this long; longer
                              than a proxy in front keeps its own
    stall_seconds             PHARUS_STALL_SECONDS: who sends a body or reads a response more slowly than 4 KiB a second
                              for this long, or not at all, is given up
    """

    database_url: str | None = None
    migrate_url: str | None = None
    data: Path = Path(".pharus")
    auth: AuthKind = "local"
    firebase_project: str | None = None
    firebase_api_key: str | None = None
    plugins: tuple[str, ...] | None = None
    log: LogForm = "console"
    log_level: LogLevel = "info"
    slow_request_milliseconds: int = 1000
    slow_statement_milliseconds: int = 500
    metrics_port: int = 0
    metrics_host: str = "127.0.0.1"
    threads: int = 4
    queue: int = 1000
    waiters: int = 500
    request_seconds: int = 30
    stop_seconds: int = 30
    max_body_bytes: int = 8 * 1024 * 1024
    max_body_bytes_in_flight: int = 64 * 1024 * 1024
    statement_timeout_seconds: int = 30
    renderers: int = 1
    render_seconds: int = 30
    rate_limits: bool = True
    rate_limit_token: int = 0
    rate_limit_organization: int = 0
    cors_origins: tuple[str, ...] = ()
    smtp_url: str | None = None
    mail_from: str = "pharus@localhost"
    public_url: str = "http://127.0.0.1:8000"
    api_url: str = "http://127.0.0.1:8000"
    storage: StorageKind = "local"
    storage_bucket: str | None = None
    identity_check_minutes: int = 60
    max_organizations: int = 1000
    max_tokens: int = 1000
    max_storage_bytes: int = 0
    max_mails: int = 1000
    max_webhook_endpoints: int = 100
    webhook_allow: tuple[str, ...] = ()
    webhook_delivery: bool = True
    plugin_jobs: bool = True
    webhook_pause_days: int = 5
    keep_webhooks_days: int = 30
    keep_tokens_days: int = 90
    keep_invitations_days: int = 90
    keep_mails_days: int = 30
    keep_idempotency_keys_days: int = 1
    max_connections: int = 1000
    max_connections_per_address: int = 100
    header_seconds: int = 20
    keep_alive_seconds: int = 75
    stall_seconds: int = 30


# Read where they are needed, and not from Settings.
_READ_ELSEWHERE = ("ALLOW_LOCAL_AUTH", "TRUSTED_PROXIES")
# May be in a file, whose name is in the variable with _FILE behind.
_SECRETS = ("DATABASE_URL", "MIGRATE_URL", "SMTP_URL")
# Variables of the tools beside the server: tests, benchmark, `pharus test-contract`, `pharus listen`.
_OF_TOOLS = ("BENCH_", "CONTRACT_", "FUZZ_", "LISTEN_", "PROOF", "RUNNING_TESTS", "TEST_")
_LARGEST_COUNT = 10**9
_MOST_DAYS = 36_500


def load_settings(environment: Mapping[str, str] | None = None) -> Settings:
    """Read the settings; a value that cannot be used refuses the start with a sentence that names the variable."""
    values = {
        name.removeprefix("PHARUS_"): value.strip()
        for name, value in (os.environ if environment is None else environment).items()
        if name.startswith("PHARUS_") and value.strip()
    }
    for name in _SECRETS:
        if file := values.pop(f"{name}_FILE", None):
            values[name] = _secret(name, file, values)
    _refuse_unknown(values)
    database_url, migrate_url = values.get("DATABASE_URL"), values.get("MIGRATE_URL")
    for name, url in (("DATABASE", database_url), ("MIGRATE", migrate_url)):
        if url and not url.startswith(("postgresql://", "postgres://")):
            raise ConfigurationError(
                f"PHARUS_{name}_URL must begin with postgresql://; other databases are not supported."
            )
    if migrate_url and not database_url:
        raise ConfigurationError(
            "PHARUS_MIGRATE_URL is set and PHARUS_DATABASE_URL is not: it names the same database for another login."
        )
    return Settings(
        database_url=database_url,
        migrate_url=migrate_url,
        data=Path(values.get("DATA", ".pharus")).expanduser().absolute(),
        auth=_auth(values, database_url),
        firebase_project=values.get("FIREBASE_PROJECT"),
        firebase_api_key=values.get("FIREBASE_API_KEY"),
        plugins=_names(values["PLUGINS"]) if "PLUGINS" in values else None,
        log=cast(LogForm, _one_of(values, "LOG", ("console", "json"))),
        log_level=cast(LogLevel, _one_of(values, "LOG_LEVEL", ("info", "debug", "warning", "error"))),
        slow_request_milliseconds=_count(
            values, "SLOW_REQUEST_MILLISECONDS", Settings.slow_request_milliseconds, 0, 3_600_000
        ),
        slow_statement_milliseconds=_count(
            values, "SLOW_STATEMENT_MILLISECONDS", Settings.slow_statement_milliseconds, 0, 3_600_000
        ),
        metrics_port=_count(values, "METRICS_PORT", Settings.metrics_port, 0, 65535),
        metrics_host=values.get("METRICS_HOST", Settings.metrics_host),
        threads=_count(values, "THREADS", Settings.threads, 1, 64),
        queue=_count(values, "QUEUE", Settings.queue, 1, 100_000),
        waiters=_count(values, "WAITERS", Settings.waiters, 1, 100_000),
        request_seconds=_count(values, "REQUEST_SECONDS", Settings.request_seconds, 1, 3600),
        stop_seconds=_count(values, "STOP_SECONDS", Settings.stop_seconds, 1, 3600),
        max_body_bytes=_count(values, "MAX_BODY_BYTES", Settings.max_body_bytes, 1024, 1024**3),
        max_body_bytes_in_flight=_count(
            values, "MAX_BODY_BYTES_IN_FLIGHT", Settings.max_body_bytes_in_flight, 1024, 1024**4
        ),
        statement_timeout_seconds=_count(values, "STATEMENT_TIMEOUT_SECONDS", 30, 1, 3600),
        renderers=_count(values, "RENDERERS", Settings.renderers, 1, 64),
        render_seconds=_count(values, "RENDER_SECONDS", Settings.render_seconds, 1, 3600),
        rate_limits=_one_of(values, "RATE_LIMITS", ("on", "off")) == "on",
        rate_limit_token=_count(values, "RATE_LIMIT_TOKEN", Settings.rate_limit_token, 0, 10**6),
        rate_limit_organization=_count(values, "RATE_LIMIT_ORGANIZATION", Settings.rate_limit_organization, 0, 10**6),
        cors_origins=_names(values.get("CORS_ORIGINS", "")),
        smtp_url=values.get("SMTP_URL"),
        mail_from=values.get("MAIL_FROM", Settings.mail_from),
        public_url=values.get("PUBLIC_URL", Settings.public_url).rstrip("/"),
        api_url=values.get("API_URL", values.get("PUBLIC_URL", Settings.api_url)).rstrip("/"),
        storage=cast(StorageKind, _one_of(values, "STORAGE", ("local", "gcs"))),
        storage_bucket=values.get("STORAGE_BUCKET"),
        identity_check_minutes=_count(
            values, "IDENTITY_CHECK_MINUTES", Settings.identity_check_minutes, 0, 365 * 24 * 60
        ),
        max_organizations=_count(values, "MAX_ORGANIZATIONS", Settings.max_organizations, 0, _LARGEST_COUNT),
        max_tokens=_count(values, "MAX_TOKENS", Settings.max_tokens, 0, _LARGEST_COUNT),
        max_storage_bytes=_count(values, "MAX_STORAGE_BYTES", Settings.max_storage_bytes, 0, 10**18),
        max_mails=_count(values, "MAX_MAILS", Settings.max_mails, 0, _LARGEST_COUNT),
        max_webhook_endpoints=_count(
            values, "MAX_WEBHOOK_ENDPOINTS", Settings.max_webhook_endpoints, 0, _LARGEST_COUNT
        ),
        webhook_allow=_names(values.get("WEBHOOK_ALLOW", "")),
        webhook_delivery=_one_of(values, "WEBHOOK_DELIVERY", ("on", "off")) == "on",
        plugin_jobs=_one_of(values, "PLUGIN_JOBS", ("on", "off")) == "on",
        webhook_pause_days=_count(values, "WEBHOOK_PAUSE_DAYS", Settings.webhook_pause_days, 0, _MOST_DAYS),
        keep_webhooks_days=_count(values, "KEEP_WEBHOOKS_DAYS", Settings.keep_webhooks_days, 0, _MOST_DAYS),
        keep_tokens_days=_count(values, "KEEP_TOKENS_DAYS", Settings.keep_tokens_days, 0, _MOST_DAYS),
        keep_invitations_days=_count(values, "KEEP_INVITATIONS_DAYS", Settings.keep_invitations_days, 0, _MOST_DAYS),
        keep_mails_days=_count(values, "KEEP_MAILS_DAYS", Settings.keep_mails_days, 0, _MOST_DAYS),
        keep_idempotency_keys_days=_count(
            values, "KEEP_IDEMPOTENCY_KEYS_DAYS", Settings.keep_idempotency_keys_days, 0, _MOST_DAYS
        ),
        max_connections=_count(values, "MAX_CONNECTIONS", Settings.max_connections, 1, 1_000_000),
        max_connections_per_address=_count(
            values, "MAX_CONNECTIONS_PER_ADDRESS", Settings.max_connections_per_address, 0, 1_000_000
        ),
        header_seconds=_count(values, "HEADER_SECONDS", Settings.header_seconds, 1, 3600),
        keep_alive_seconds=_count(values, "KEEP_ALIVE_SECONDS", Settings.keep_alive_seconds, 1, 3600),
        stall_seconds=_count(values, "STALL_SECONDS", Settings.stall_seconds, 1, 3600),
    )


def _refuse_unknown(names: Iterable[str]) -> None:
    """A variable that is misspelt would leave its setting at the default, and nobody would notice."""
    known = [*(field.name.upper() for field in fields(Settings)), *_READ_ELSEWHERE]
    unknown = sorted(name for name in names if name not in known and not name.startswith(_OF_TOOLS))
    if not unknown:
        return
    # A plugin of others may have settings of its own that begin with its name.
    of_plugins = tuple(f"{entry.name.upper()}_" for entry in entry_points(group="pharus"))
    for name in unknown:
        if not name.startswith(of_plugins):
            close = difflib.get_close_matches(name, known, n=1, cutoff=0.6)
            advice = f"did you mean PHARUS_{close[0]}?" if close else "the README lists the settings."
            raise ConfigurationError(f"PHARUS_{name} is no setting; {advice}")


def _secret(name: str, file: str, values: Mapping[str, str]) -> str:
    """What the file holds, without the line's end. ConfigurationError."""
    if name in values:
        raise ConfigurationError(f"PHARUS_{name} and PHARUS_{name}_FILE are both set; leave one of them out.")
    try:
        text = Path(file).read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "it is no text"
        raise ConfigurationError(f"PHARUS_{name}_FILE names {file}, which cannot be read: {reason}.") from error
    if not text:
        raise ConfigurationError(f"PHARUS_{name}_FILE names {file}, which is empty.")
    return text


def _auth(values: Mapping[str, str], database_url: str | None) -> AuthKind:
    """Local tokens are for a laptop: who can read the key file can be anybody."""
    default = "firebase" if database_url else "local"
    auth = cast(AuthKind, values.get("AUTH", default))
    if auth not in ("local", "firebase"):
        raise ConfigurationError(f"PHARUS_AUTH is {auth!r}; it must be local or firebase.")
    if auth == "local" and database_url and values.get("ALLOW_LOCAL_AUTH") != "on":
        raise ConfigurationError(
            "PHARUS_AUTH=local with PHARUS_DATABASE_URL would let anyone who reads the key file sign in as anybody; "
            "use PHARUS_AUTH=firebase, or set PHARUS_ALLOW_LOCAL_AUTH=on if this is really meant."
        )
    return auth


def _names(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(",") if part.strip())


def _one_of(values: Mapping[str, str], name: str, allowed: tuple[str, ...]) -> str:
    value = values.get(name, allowed[0])
    if value not in allowed:
        raise ConfigurationError(f"PHARUS_{name} is {value!r}; it must be one of {', '.join(allowed)}.")
    return value


def _count(values: Mapping[str, str], name: str, default: int, least: int, most: int) -> int:
    text = values.get(name, str(default))
    if not (text.isascii() and text.isdigit() and least <= int(text) <= most):
        raise ConfigurationError(f"PHARUS_{name} is {text!r}; it must be a whole number from {least} to {most}.")
    return int(text)
