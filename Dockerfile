# Pharus without the embedded database: PHARUS_DATABASE_URL names a server. docs/operations/install.md says how to run it.

FROM python:3.13-slim AS build

WORKDIR /build
# What is installed, and the exact version of everything that it needs.
COPY pyproject.toml constraints.txt README.md LICENSE openapi.yaml ./
COPY pharus/ pharus/
COPY handlers/ handlers/
COPY plugins/ plugins/
COPY codegen/ codegen/
COPY contract/ contract/
COPY docs/guides/ docs/guides/
ENV PIP_CONSTRAINT=/build/constraints.txt \
    PIP_BUILD_CONSTRAINT=/build/constraints.txt \
    PIP_DISABLE_PIP_VERSION_CHECK=1 \
    PIP_NO_CACHE_DIR=1
RUN python -m venv /opt/pharus \
    && /opt/pharus/bin/python -m pip install --only-binary :all: --no-binary pharus-server '.[otel]' \
    && /opt/pharus/bin/python -m pip uninstall --yes pip \
    && /opt/pharus/bin/pharus --version

FROM python:3.13-slim

# A number, so that a cluster can tell that it is not root.
RUN groupadd --gid 10001 pharus \
    && useradd --no-log-init --uid 10001 --gid pharus --home-dir /var/lib/pharus --no-create-home \
        --shell /usr/sbin/nologin pharus \
    && install --directory --owner pharus --group pharus --mode 750 /var/lib/pharus
COPY --from=build /opt/pharus /opt/pharus
ENV PATH=/opt/pharus/bin:$PATH \
    PHARUS_DATA=/var/lib/pharus \
    PHARUS_LOG=json \
    PYTHONDONTWRITEBYTECODE=1

USER 10001:10001
WORKDIR /var/lib/pharus
# The files of orders, unless PHARUS_STORAGE names a bucket.
VOLUME /var/lib/pharus
EXPOSE 8000
# Whether the process answers. A database that is away is no reason to end it: /readyz says that, to the load balancer.
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s --retries=3 \
    CMD ["python", "-c", "import http.client as h; c = h.HTTPConnection('127.0.0.1', 8000, timeout=4); c.request('GET', '/healthz'); raise SystemExit(c.getresponse().status != 200)"]

ENTRYPOINT ["pharus"]
CMD ["serve", "--host", "0.0.0.0", "--port", "8000"]
