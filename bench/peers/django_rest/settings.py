"""Django's settings: what an API without pages, sessions and an admin needs."""

import os

from psycopg2.extensions import parse_dsn

# What is left of the URL after these are libpq's own options.
_DSN = parse_dsn(os.environ["BENCH_DATABASE_URL"])
_PLACE = {name: _DSN.pop(name, "") for name in ("dbname", "user", "password", "host", "port")}

# A new transaction begins as pharus_platform; the one that knows its organization goes on as pharus_app.
_DATABASE = {
    "ENGINE": "django.db.backends.postgresql",
    "NAME": _PLACE["dbname"],
    "USER": _PLACE["user"],
    "PASSWORD": _PLACE["password"],
    "HOST": _PLACE["host"],
    "PORT": _PLACE["port"],
    "CONN_MAX_AGE": None,
    "OPTIONS": {**_DSN, "options": "-c role=pharus_platform -c statement_timeout=30000"},
}

DATABASES = {
    "default": {**_DATABASE, "ATOMIC_REQUESTS": True},
    # Numbers are committed at once, on connections of their own.
    "numbering": _DATABASE,
}

SECRET_KEY = os.environ.get("BENCH_SECRET_KEY", "signs nothing here")
DEBUG = False
ALLOWED_HOSTS = ["127.0.0.1"]
INSTALLED_APPS = ["rest_framework", "bench.peers.django_rest"]
# Content-Length: the load generator reads no chunked responses.
MIDDLEWARE = ["django.middleware.common.CommonMiddleware"]
ROOT_URLCONF = "bench.peers.django_rest.urls"
APPEND_SLASH = False
DATA_UPLOAD_MAX_MEMORY_SIZE = 8 * 1024 * 1024
USE_TZ = True
TIME_ZONE = "UTC"
USE_I18N = False
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": ["bench.peers.django_rest.access.BearerAuthentication"],
    "DEFAULT_RENDERER_CLASSES": ["bench.peers.django_rest.json.OrjsonRenderer"],
    "DEFAULT_PARSER_CLASSES": ["bench.peers.django_rest.json.ExactParser"],
    "EXCEPTION_HANDLER": "bench.peers.django_rest.refusals.respond",
    "UNAUTHENTICATED_USER": None,
}

LOGGING = {"version": 1, "disable_existing_loggers": False, "loggers": {"django.request": {"level": "CRITICAL"}}}
