# Works with GNU make 3.81 (the one macOS brings), and from an empty environment.

PYTHON ?= python3
# How many generated requests `make fuzz` makes of each operation, at most.
FUZZ_EXAMPLES ?= 300
# How long each race of `make drills` lasts.
DRILL_SECONDS ?= 60
PYTEST_FLAGS ?=
# What `make proof` measures in any case; the rest only if nothing was recorded of this commit.
PROOF ?=
UV_VERSION = 0.13.9

BIN = .venv/bin
STAMP = .venv/.installed
BENCH_STAMP = .venv/.installed-bench

# pip reads PIP_BUILD_CONSTRAINT from 25.3 on, and PIP_CONSTRAINT before that, for what it builds this project with.
INSTALL = PIP_CONSTRAINT=constraints.txt PIP_BUILD_CONSTRAINT=constraints.txt PIP_DISABLE_PIP_VERSION_CHECK=1 \
	$(BIN)/python -m pip install --quiet --constraint constraints.txt
# A run counts for docs/proof.md when it is a whole one: without flags that choose some of the tests.
RECORD ?= $(if $(strip $(PYTEST_FLAGS)),,$@)
# With compiled files, whatever the environment says: each of the test processes would compile all of it anew.
PYTEST = PYTHONDONTWRITEBYTECODE= PHARUS_PROOF=$(RECORD) $(BIN)/python -m pytest -p tests.proof.recorder
START = start=$$(date +%s)
SECONDS_SINCE = $$(( $$(date +%s) - start )) s

.PHONY: help install run test check fuzz drills round-trips bench test-firebase clients client-tools packages browser compose mutants proof \
	release-document lock codegen console clean

help: ## Show these targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-14s %s\n", $$1, $$2 }' $(firstword $(MAKEFILE_LIST))

install: $(STAMP) ## Make .venv and install Pharus with everything the other targets need

run: $(STAMP) ## Serve a demo organization on this machine, with a database of its own (PORT=8001 for another port)
	@$(BIN)/pharus serve --demo $(if $(PORT),--port $(PORT))

test: $(STAMP) ## Run the tests
	@$(START); $(PYTEST) $(PYTEST_FLAGS); status=$$?; \
	echo "The tests took $(SECONDS_SINCE)."; exit $$status

check: $(STAMP) ## Check style, types, layers and that generated files are fresh
	@$(START); set -e; \
	$(BIN)/ruff check .; \
	$(BIN)/ruff format --check .; \
	$(BIN)/mypy; \
	(cd clients/python && ../../$(BIN)/mypy); \
	$(BIN)/python -m codegen --check; \
	$(BIN)/python -m codegen.released --check; \
	$(BIN)/python -m pytest --quiet -n 0 tests/test_layers.py tests/test_mirror.py tests/contract/test_document.py; \
	echo "The checks took $(SECONDS_SINCE)."

fuzz: $(STAMP) ## Send generated requests to every operation (FUZZ_EXAMPLES=300)
	@$(START); FUZZ_EXAMPLES=$(FUZZ_EXAMPLES) $(PYTEST) -m fuzz -n 0 $(PYTEST_FLAGS); status=$$?; \
	echo "Fuzzing took $(SECONDS_SINCE)."; exit $$status

drills: $(STAMP) ## Attacks, races and interruptions that take minutes (DRILL_SECONDS=60 for each race)
	@$(START); DRILL_SECONDS=$(DRILL_SECONDS) $(PYTEST) -m drills -n 0 -s $(PYTEST_FLAGS); status=$$?; \
	echo "The drills took $(SECONDS_SINCE)."; exit $$status

round-trips: $(STAMP) ## Count the SQL round trips of every operation and write the table that pins them
	@ROUND_TRIPS=write $(BIN)/python -m pytest --quiet -n 0 tests/contract/test_round_trips.py

bench: $(BENCH_STAMP) ## Measure Pharus against its peers, and write the table of the README
	@$(BIN)/python -m bench --readme

test-firebase: $(STAMP) ## Test against the Firebase Auth emulator (needs node and npm; installs it into build/)
	@$(START); $(BIN)/python -m pytest -m firebase -n 0 $(PYTEST_FLAGS); status=$$?; \
	echo "The tests with Firebase took $(SECONDS_SINCE)."; exit $$status

clients: $(STAMP) ## Lint openapi.yaml; generate, compile and drive clients in every language (installs into build/)
	@$(START); $(PYTEST) -m clients -n 0 $(PYTEST_FLAGS) tests/clients tests/guides; status=$$?; \
	echo "The clients took $(SECONDS_SINCE)."; exit $$status

client-tools: $(STAMP) ## Install the compilers and libraries that make clients needs (Debian or Ubuntu, with sudo)
	@sudo apt-get update --quiet && sudo apt-get install --yes $$($(BIN)/python -m tests.clients.matrix)

packages: $(STAMP) ## Build the packages of both clients into dist/ (needs node and npm)
	@rm -rf dist; mkdir -p dist; (cd clients/python && ../../$(BIN)/hatchling build --directory ../../dist)
	@cd clients/typescript && npm install --no-audit --no-fund --no-package-lock --ignore-scripts && npm pack --pack-destination ../../dist

browser: $(STAMP) ## Use the console, the reference page and the TypeScript client in a headless Chromium (needs node and npm, too)
	@$(START); $(PYTEST) -m browser -n 0 $(PYTEST_FLAGS) tests/browser; status=$$?; \
	echo "The browser took $(SECONDS_SINCE)."; exit $$status

compose: $(STAMP) ## Build the image, start compose.yaml, kill and restart it (needs Docker)
	@$(START); $(PYTEST) -m compose -n 0 $(PYTEST_FLAGS) tests/compose; status=$$?; \
	echo "Compose took $(SECONDS_SINCE)."; exit $$status

mutants: $(STAMP) ## Put defects into a copy of the server, one at a time, and show which test notices each
	@$(BIN)/python -m tests.mutants

proof: $(STAMP) ## Write docs/proof.md from what was measured of this commit (PROOF=fuzz measures that anew)
	@$(BIN)/python -m tests.proof $(PROOF)

lock: ## Pin what pyproject.toml asks for in constraints.txt (LOCK_FLAGS=--upgrade for the newest of all)
	@$(PYTHON) -m venv build/lock
	@build/lock/bin/python -m pip install --quiet --disable-pip-version-check uv==$(UV_VERSION)
	@printf 'hatchling\neditables\n' | build/lock/bin/uv pip compile --quiet --universal --python-version 3.11 \
		--all-extras --system-certs --annotation-style line --custom-compile-command "make lock" $(LOCK_FLAGS) \
		--output-file constraints.txt pyproject.toml -

release-document: $(STAMP) ## Keep openapi.yaml as the released document of its version; from then on it must not be broken
	@$(BIN)/python -m codegen.released

console: ## Build the pages of the console into handlers/http/console_page/ (needs node and npm)
	@cd console && npm ci --no-audit --no-fund --ignore-scripts && npm run build

codegen: $(STAMP) ## Write the files that follow from openapi.yaml and from the migrations
	@$(BIN)/python -m codegen
	@TABLES=write SHIPPED=write $(BIN)/python -m pytest --quiet -n 0 tests/pharus/test_migrations_shipped.py \
		tests/codegen/test_tables.py tests/handlers/test_asyncapi.py \
		-k "what_the_migrations_make or what_was_shipped or that_of_our_tables"

clean: ## Remove .venv and everything built; the database in .pharus/ stays
	rm -rf .venv build dist .hypothesis .mypy_cache .pytest_cache .ruff_cache .schemathesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

$(STAMP): pyproject.toml constraints.txt
	@$(PYTHON) -c '' 2>/dev/null || { \
		echo "Pharus needs Python 3.11 or later, and '$(PYTHON)' does not run. Name one: make $(MAKECMDGOALS) PYTHON=python3.12" >&2; \
		exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
		echo "Pharus needs Python 3.11 or later; '$(PYTHON)' is $$($(PYTHON) -V 2>&1). Name another: make $(MAKECMDGOALS) PYTHON=python3.12" >&2; \
		exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { \
		echo "'$(PYTHON)' cannot make virtual environments. On Debian and Ubuntu: apt install python3-venv" >&2; \
		exit 1; }
	@$(START); set -e; \
	if $(BIN)/python -c 'import sys, pip; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then \
		echo "Bringing .venv up to date ..."; \
	else \
		echo "Installing Pharus and its libraries into .venv with $$($(PYTHON) -V); the first time takes a minute or two ..."; \
		$(PYTHON) -m venv --clear .venv; \
	fi; \
	$(INSTALL) --editable '.[embedded,test,dev]'; \
	touch $(STAMP); \
	echo "Installed in $(SECONDS_SINCE)."

$(BENCH_STAMP): $(STAMP)
	@echo "Installing the peers of the benchmark ..."
	@$(INSTALL) --editable '.[bench]'
	@touch $(BENCH_STAMP)
